/**
 * Letters of other scripts in Latin ones, the way names are most often written in passports (ICAO
 * 9303, BGN/PCGN) where one way is common. Only how a name sounds matters here: the tables feed a
 * comparison and are never shown. Han has no table: a reading needs a dictionary of characters, so
 * Han is compared with Han (docs/decisions/0011).
 */

/** `аa бb` becomes a map: the first character of each word stands for the rest of it. */
function table(text: string): ReadonlyMap<string, string> {
  const words = text.split(/\s+/).filter(Boolean)
  return new Map(words.map((word) => [[...word][0] ?? '', [...word].slice(1).join('')]))
}

const latin = table(
  'ßss æae œoe øo łl đd ðd þth ıi ħh ŧt ŋng əa ɛe ɔo ƙk ɓb ɗd ĸk ƒf ʼ ʻ ‘ ’ ʿ ʾ ʹ ʺ',
)

const cyrillic = table(`
  аa бb вv гg дd еe ёyo жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ ыy ь
  эe юyu яya іi їyi єye ґg ўu јj љlj њnj ћc ђdj џdz ѓgj ќkj ѕdz әa өo үu ұu қk ғgh ңng һh ҳh ҷj ӣi ӯu җj`)

const greek = table(`
  αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ψps ωo`)

/** Short vowels are not written; what stands for long ones is. */
const arabic = table(`
  اa أa إi آa ٱa بb تt ثth جj حh خkh دd ذdh رr زz سs شsh صs ضd طt ظz ع غgh فf قq كk لl مm نn هh ةa
  وw ؤw يy ىa ئy ء پp چch ژzh کk گg یy ڤv ھh ہh ۀh ےe ٹt ڈd ڑr ںn ګg ړr ډd ټt ڼn ښsh ځz څts`)

const hebrew = table(`
  אa בb גg דd הh וv זz חh טt יy כk ךk לl מm םm נn ןn סs ע פp ףp צts ץts קk רr שsh תt`)

const georgian = table(`
  აa ბb გg დd ეe ვv ზz თt იi კk ლl მm ნn ოo პp ჟzh რr სs ტt უu ფp ქk ღgh ყq შsh ჩch ცts ძdz წts ჭch
  ხkh ჯj ჰh`)

const armenian = table(`
  աa բb գg դd եe զz էe ըy թt ժzh իi լl խkh ծts կk հh ձdz ղgh ճch մm յy նn շsh ոo չch պp ջj ռr սs վv
  տt րr ցts ւv փp քk օo ֆf`)

/** Consonants and vowel signs as they stand; a vowel that is said before its consonant follows it. */
const thai = table(`
  กk ขkh ฃkh คkh ฅkh ฆkh งng จch ฉch ชch ซs ฌch ญy ฎd ฏt ฐth ฑth ฒth ณn ดd ตt ถth ทth ธth นn บb ปp
  ผph ฝf พph ฟf ภph มm ยy รr ลl วw ศs ษs สs หh ฬl อ ฮh ะa ัa าa ำam ิi ีi ึue ืue ุu ูu เe แae โo
  ใai ไai ฤrue ็ ่ ้ ๊ ๋ ์`)

const kana = table(`
  あa いi うu えe おo かka きki くku けke こko さsa しshi すsu せse そso たta ちchi つtsu てte とto
  なna にni ぬnu ねne のno はha ひhi ふfu へhe ほho まma みmi むmu めme もmo やya ゆyu よyo らra りri
  るru れre ろro わwa をo んn がga ぎgi ぐgu げge ごgo ざza じji ずzu ぜze ぞzo だda ぢji づzu でde
  どdo ばba びbi ぶbu べbe ぼbo ぱpa ぴpi ぷpu ぺpe ぽpo ゃya ゅyu ょyo っ ー ぁa ぃi ぅu ぇe ぉo ゔvu`)

/** Hangul by its letters (Revised Romanisation without its sound changes), in the order of Unicode. */
const hangul = {
  first: 'g kk n d tt r m b pp s ss  j jj ch k t p h'.split(' '),
  vowel: 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' '),
  last: ' k kk ks n nj nh t l lk lm lp ls lt lp lh m p ps t t ng t t k t p t'.split(' '),
}

const alphabets: readonly ReadonlyMap<string, string>[] = [
  latin,
  cyrillic,
  greek,
  arabic,
  hebrew,
  georgian,
  armenian,
  thai,
  kana,
]

const letters: ReadonlyMap<string, string> = new Map(alphabets.flatMap((each) => [...each]))

/** Scripts that leave short vowels out: their words are compared by their consonants. */
export const withoutVowels = /[\p{Script=Arabic}\p{Script=Hebrew}]/u

export const isHan = /\p{Script=Han}/u

/** Lower-case text without marks, in Latin letters as far as there is a table. */
export function latinLetters(text: string): string {
  let out = ''
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0
    if (code < 0x80) out += letter
    else if (code >= 0xac00 && code <= 0xd7a3) out += syllable(code - 0xac00)
    else out += letters.get(letter) ?? letters.get(hiragana(code)) ?? letter
  }
  return out
}

function syllable(index: number): string {
  const first = hangul.first[Math.floor(index / 588)] ?? ''
  const vowel = hangul.vowel[Math.floor((index % 588) / 28)] ?? ''
  return first + vowel + (hangul.last[index % 28] ?? '')
}

/** Katakana lie 0x60 above their hiragana. */
const hiragana = (code: number): string =>
  code >= 0x30a1 && code <= 0x30f6 ? String.fromCodePoint(code - 0x60) : ''

/** Characters of names whose traditional form differs, the traditional one first. */
const traditional: ReadonlyMap<string, string> = table(`
  張张 陳陈 劉刘 黃黄 趙赵 吳吴 孫孙 馬马 羅罗 鄭郑 謝谢 許许 韓韩 馮冯 鄧邓 蕭萧 葉叶 蔣蒋 餘余 蘇苏 呂吕 盧卢 賈贾 陸陆 鍾钟 範范 譚谭 鄒邹 龍龙
  萬万 錢钱 湯汤 賴赖 龐庞 顧顾 龔龚 嚴严 溫温 魯鲁 圖图 國国 際际 東东 華华 貿贸 業业 實实 電电 機机 車车 運运 輸输 進进 開开 發发 資资 產产 證证 銀银
  務务 園园 團团 責责 遠远 達达 設设 備备 師师 學学 術术 網网 絡络 億亿 義义 鐵铁 鋼钢 錦锦 興兴 漢汉 廣广 灣湾 濟济 聯联 體体 衛卫 軍军 製制 藥药 醫医 氣气
  導导 飛飞 風风 鳳凤 麗丽 麥麦 寶宝 貝贝 貴贵 賓宾 傑杰 偉伟 劍剑 勝胜 慶庆 樹树 歐欧 澤泽 潔洁 燦灿 愛爱 維维 紅红 綠绿 緯纬 經经 總总 線线 紙纸 織织
  艦舰 號号 長长 門门 關关 陽阳 陰阴 險险 雲云 雙双 頓顿 順顺 領领 頭头 駿骏 驗验 鴻鸿 鵬鹏 點点 齊齐 島岛 嶺岭 會会 無无 環环 節节 築筑 與与 裝装
  計计 訊讯 訂订 誠诚 諾诺 調调 談谈 變变 買买 賣卖 質质 贏赢 躍跃 農农 連连 適适 選选 郵邮 鈞钧 鉅钜 銅铜 鋁铝 鋒锋 錫锡 鎮镇 鐘钟 鑽钻 陣阵 隊队 類类 黨党 虛虚 構构 劃划 創创 產产 專专 檢检 測测 數数 據据 軟软 觀观 視视 樂乐 戲戏 劇剧 書书 報报 稱称 幣币 財财 稅税 檔档
  碼码 塊块 鏈链 儲储 儀仪 錶表 帶带 襯衬 縫缝 細细 絲丝 綢绸 繡绣 羅罗 棗枣 藍蓝 蘭兰 蓮莲 薩萨 薔蔷 莊庄 萊莱 蕩荡 轉转 軸轴 輪轮 輝辉 達达 遼辽 還还
  鄉乡 鄭郑 釀酿 鉛铅 銷销 鋰锂 鍋锅 鏡镜 閣阁 閩闽 陝陕 雞鸡 霧雾 靈灵 靜静 韻韵 頂顶 項项 須须 預预 額额 顏颜 願愿 飯饭 飾饰 館馆 騰腾 驅驱 鬆松 魚鱼 鮮鲜 鷹鹰 鹽盐 黃黄 龜龟`)

/** Han in the simplified form, as far as the table of name characters goes. */
export function simplified(text: string): string {
  if (!isHan.test(text)) return text
  let out = ''
  for (const letter of text) out += traditional.get(letter) ?? letter
  return out
}
