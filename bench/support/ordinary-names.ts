// Names that ordinary people and small firms bear, put together by seed. Nothing is from a list of anybody: common given
// names and surnames by country as every phone book has them, and the words of shop signs. That two together are also
// the name of somebody on a list does happen, as in life; it counts as a false alarm.
import { seeded } from './random.ts'

/** Given names, surnames; the surname first where it is said first. */
const people: readonly (readonly [given: string, surnames: string, order?: 'surname-first'])[] = [
  [
    'Emma Oliver Amelia Noah Charlotte Liam Isla George Harper Henry Evelyn Arthur Daisy Jack Ruby Thomas Grace William',
    'Smith Jones Taylor Brown Wilson Evans Thomas Roberts Johnson Walker Wright Robinson Thompson White Hughes Edwards Green Hall Wood Harris Clarke',
  ],
  [
    'Léa Lucas Chloé Hugo Manon Louis Camille Jules Inès Gabriel Margaux Raphaël Anaïs Théo Élise Antoine',
    'Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefebvre Michel Garcia Roux Fournier',
  ],
  [
    'Anna Lukas Lena Felix Marie Paul Sophie Jonas Hannah Maximilian Lea Elias Clara Moritz Johanna Tobias',
    'Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Koch Bauer Richter Klein Wolf Schröder',
  ],
  [
    'María Carlos Lucía Juan Sofía José Valentina Luis Camila Miguel Daniela Jorge Paula Andrés Elena Diego',
    'García Rodríguez Martínez López González Hernández Pérez Sánchez Ramírez Torres Flores Rivera Gómez Díaz Vargas Castillo Ortega',
  ],
  [
    'Giulia Francesco Sofia Alessandro Aurora Lorenzo Martina Matteo Chiara Andrea Beatrice Davide Elisa Marco',
    'Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti De Luca Mancini Costa',
  ],
  [
    'Olga Dmitri Irina Sergei Natalia Andrei Tatiana Alexei Elena Mikhail Svetlana Nikolai Yulia Pavel Anastasia Igor',
    'Ivanov Smirnov Kuznetsov Popov Sokolov Lebedev Kozlov Novikov Morozov Petrov Volkov Solovyov Vasiliev Zaitsev Pavlov',
  ],
  [
    'Zofia Jakub Julia Antoni Maja Szymon Hanna Filip Alicja Kacper Wiktoria Piotr Agnieszka Tomasz',
    'Nowak Kowalski Wiśniewski Wójcik Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Mazur',
  ],
  [
    'Fatima Mohammed Aisha Ahmed Zainab Ali Mariam Hassan Nour Omar Layla Yusuf Huda Ibrahim Salma Khalid Rania Tariq',
    'Al-Harbi Hassan Mansour Khalil Haddad Nasser Saleh Al-Otaibi Farouk Aziz Shaheen Barakat Hamdan Qasim Darwish Sabbagh',
  ],
  [
    'Zahra Reza Maryam Hossein Sara Mehdi Leila Amir Niloufar Arash Parisa Kamran Shirin Behzad',
    'Ahmadi Mohammadi Hosseini Karimi Moradi Jafari Rahimi Sadeghi Ebrahimi Rostami Kazemi Bagheri Tehrani Shirazi',
  ],
  [
    'Aarav Priya Rohan Ananya Vikram Kavya Arjun Neha Rahul Sneha Amit Pooja Suresh Lakshmi Deepak Meera',
    'Sharma Patel Singh Kumar Gupta Reddy Iyer Nair Mehta Joshi Desai Verma Chopra Banerjee Mukherjee Pillai Kulkarni',
  ],
  [
    'Ayesha Usman Sana Bilal Hina Imran Nadia Faisal Rabia Kamran Saima Asif Mehwish Zubair',
    'Khan Malik Hussain Ahmed Butt Chaudhry Qureshi Siddiqui Sheikh Mirza Awan Bhatti Rana Javed',
  ],
  [
    'Wei Fang Min Jing Lei Yan Qiang Xiuying Hao Ting Jun Li Jie Na Yang Xin',
    'Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin He Guo Ma Luo',
    'surname-first',
  ],
  [
    'Jiho Seoyeon Minjun Jiwoo Seojun Hayoon Doyun Soobin Yejun Minseo Hyunwoo Eunji Taeyang Sora',
    'Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon',
    'surname-first',
  ],
  [
    'Haruto Yui Sota Hina Yuto Sakura Riku Aoi Ren Mei Kaito Hana Takumi Yuna',
    'Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida Yamada Sasaki Matsumoto',
  ],
  [
    'Aminah Razak Siti Hafiz Nurul Faizal Aishah Zulkifli Farah Azman Nadia Iskandar Rosnah Hakim',
    'binti-Abdullah bin-Ismail binti-Hassan bin-Rahman Tan Lim Wong Lee Ng Subramaniam Krishnan bin-Yusof binti-Omar',
  ],
  [
    'Somchai Malee Anong Prasert Kanya Wichai Suda Niran Ploy Chai Apinya Surasak Naree Thana',
    'Saetang Wongsawat Chaiyaporn Rattanakul Srisuk Boonmee Thongdee Phromma Suwannarat Kittisak Jaidee',
  ],
  [
    'Nguyen Thi-Lan Van-Hung Minh-Anh Duc-Thinh Thu-Ha Quoc-Bao Ngoc-Mai Tuan Linh Phuong Huy',
    'Nguyen Tran Le Pham Hoang Phan Vu Dang Bui Do Ho Ngo',
    'surname-first',
  ],
  [
    'Budi Dewi Agus Siti Eko Rina Dwi Putri Joko Wulan Hendra Ayu Rudi Lestari',
    'Santoso Wijaya Susanto Hidayat Setiawan Kurniawan Pratama Saputra Nugroho Hartono Gunawan',
  ],
  [
    'Chidi Ngozi Emeka Amaka Tunde Folake Ibrahim Aisha Kwame Ama Kofi Abena Sipho Thandi Lerato Bongani',
    'Okafor Adeyemi Balogun Eze Okonkwo Mensah Boateng Asante Dlamini Nkosi Mokoena Khumalo Abubakar Osei',
  ],
  [
    'Jean-Paul Marie-Claire Eric Aline Claude Diane Patrick Solange Emmanuel Chantal Olivier Josiane',
    'Uwimana Mugisha Niyonzima Habimana Mukamana Ingabire Nshimiyimana Kagabo Umutoni Bizimana',
  ],
  [
    'João Mariana Pedro Beatriz Rafael Larissa Gustavo Fernanda Thiago Juliana Bruno Letícia',
    'Silva Santos Oliveira Souza Pereira Costa Rodrigues Almeida Nascimento Lima Araújo Ribeiro Carvalho',
  ],
  [
    'Mehmet Elif Mustafa Zeynep Emre Ayşe Burak Merve Can Fatma Kerem Esra',
    'Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan',
  ],
  [
    'Aoife Seán Niamh Conor Saoirse Cian Róisín Darragh Ciara Oisín Eimear Fionn',
    "Murphy Kelly O'Sullivan Walsh O'Brien Byrne Ryan O'Connor Doyle McCarthy Gallagher Kennedy",
  ],
  [
    'Олена Андрій Ірина Сергій Наталія Михайло Оксана Тарас Юлія Богдан',
    'Шевченко Коваленко Бондаренко Ткаченко Кравченко Олійник Шевчук Поліщук Мельник Лисенко',
  ],
  [
    '伟 芳 娜 敏 静 丽 强 磊 洋 艳 勇 杰 娟 涛 明 秀英',
    '王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 林',
    'surname-first',
  ],
  [
    'أحمد فاطمة محمد عائشة علي مريم خالد ليلى يوسف سارة',
    'حداد خليل منصور صالح ناصر درويش حمدان قاسم شاهين بركات',
  ],
]

const signs = {
  first: `Golden Blue Silver Green Sunrise Harbour River Mountain Pacific Northern Southern Eastern Royal Little Happy Lotus Jasmine
    Bamboo Coral Cedar Maple Willow Amber Ivory Velvet Copper Lucky Bright Urban Village Garden Island Orchard Tiger Crane
    Sakura Batik Songket Kigali Penang Kyoto Milano Dublin Melbourne Toronto Hangzhou Chiangmai Jaipur Galway Bologna`,
  second: `Trading Textiles Ceramics Coffee Tea Crafts Foods Spices Leather Furniture Electronics Toys Jewellery Cosmetics Apparel
    Footwear Instruments Bikes Books Candles Knitwear Woodworks Glass Print Optics Tools Gardens Bakery Honey Silk`,
  form: `Ltd|Limited|LLC|Inc.|GmbH|S.r.l.|S.A.|Sdn Bhd|Pte Ltd|Co., Ltd.|Pty Ltd|Private Limited|SARL|BV|AB|Kft|& Sons|& Co|Studio|`,
}

const listOf = (text: string): string[] => text.trim().split(/\s+/)

/** Two thirds people, one third firms; each name once. */
export function ordinaryNames(count: number, seed: number): string[] {
  const random = seeded(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const forms = signs.form.split('|')
  const person = (): string => {
    const [given, surnames, order] = pick(people)
    const first = pick(listOf(given)).replace(/-(?=[A-Z])/, ' ')
    const last = pick(listOf(surnames)).replace(/^(binti?)-/, '$1 ')
    const middle = random() < 0.15 ? ` ${pick(listOf(given))}` : ''
    if (order) return /\p{Script=Han}/u.test(last) ? last + first : `${last} ${first}`
    return `${first}${middle} ${last}`
  }
  const firm = (): string => {
    const owner = random() < 0.3 ? pick(listOf(pick(people)[1])) : pick(listOf(signs.first))
    const more = random() < 0.3 ? ` ${pick(listOf(signs.first))}` : ''
    return `${owner}${more} ${pick(listOf(signs.second))} ${pick(forms)}`.trim()
  }
  const names = new Set<string>()
  while (names.size < count) names.add(random() < 2 / 3 ? person() : firm())
  return [...names]
}
