import { describe, expect, test } from 'vitest'
import { createNomenclature, noneOfThese, notKnown, type Answered } from './index.ts'

const nomenclature = createNomenclature()

describe('texts that name one thing', () => {
  test.each([
    ['phone case', '392690 420232 420231'],
    ['silicone phone case', '392690'],
    ['leather phone case', '420231'],
    ["men's leather belt", '420330'],
    ['ladies cotton summer dress', '620442 610442'],
    ['usb c charger 20w', '850440'],
    ['bird nest biscuits', '190531'],
    ['scented candle', '340600'],
    ['batik shirt for men cotton', '620520'],
    ['silk scarf', '621410'],
    ['knitted wool scarf', '611710'],
    ['soap dish ceramic', '691200 691190'],
    ['shampoo 250ml', '330510'],
    ['lipstick', '330410'],
    ['maple syrup', '170220'],
    ['live lobster', '030632'],
    ['frozen lobster tails', '030612'],
    ['green tea 100g', '090210'],
    ['roasted coffee beans', '090121'],
    ['decaf coffee', '090122'],
    ['baby cotton romper', '611120 620920'],
    ['wooden toy train', '950300'],
    ['bluetooth earbuds', '851830'],
    ['power bank 20000mah', '850760'],
    ['smart watch', '851762'],
    ['yoga mat', '950691 401691 392690 392490'],
    ["children's picture book", '490300'],
    ['leather boots', '640391'],
    ['ceramic mug', '691200 691110 691490'],
    ['stainless steel water bottle', '732393 961700'],
    ['vacuum flask', '961700'],
    ['gold ring 18k', '711319'],
    ['silver earrings 925', '711311'],
    ['fashion necklace stainless steel', '711719'],
    ['durian freeze dried', '081340 200899'],
    ['basmati rice 5kg', '100630'],
    ['dog food', '230910'],
    ['bamboo cutting board', '441911'],
    ['wool sweater', '611011'],
    ['t-shirt polyester', '610990'],
    ['denim jeans for women', '620462'],
    ['backpack nylon', '420292'],
    ['handbag leather', '420221'],
    ['suitcase', '420212'],
    ['sunglasses', '900410'],
    ['face cream', '330499'],
    ['perfume 50ml', '330300'],
    ['baby diapers', '961900'],
    ['led desk lamp', '940521'],
    ['bicycle helmet', '650610'],
    ['guitar strings', '920930'],
    ['playing cards', '950440'],
    ['手机壳', '392690 420232 420231'],
    ['真丝围巾', '621410'],
    ['绿茶', '090210 090220'],
    ['儿童玩具', '950300'],
    ['陶瓷茶杯', '691110 691200'],
    ['蓝牙耳机', '851830'],
    ['เสื้อยืดผ้าฝ้าย', '610910'],
    ['กางเกงยีนส์ผู้หญิง', '620462'],
    ['รองเท้าวิ่ง', '640411 640419 640299'],
    ['ข้าวหอมมะลิ', '100630'],
    ['kasut sukan', '640411 640219'],
    ['beg tangan kulit', '420221'],
    ['sac à main en cuir', '420221'],
    ['savon de marseille', '340111 340119'],
    ['confiture de fraises', '200799'],
  ])('%s: %s', (text, codes) => {
    const turn = nomenclature.classify(text)
    expect(codes.split(' ')).toContain(turn.code)
  })
})

describe('texts that name none', () => {
  test.each([
    ['', 'text'],
    ['12345 / 6', 'text'],
    ['gift', 'thing'],
    ['black, xl', 'thing'],
    ['new sale 2 pcs', 'thing'],
    ['xqzzv wprtk', 'known-word'],
  ])('%j lacks %s', (text, missing) =>
    expect(nomenclature.classify(text)).toMatchObject({ state: 'too-vague', missing, rivals: [] }),
  )

  test('and yet can be led to a code by questions', () => {
    const { state, question } = nomenclature.classify('gift')
    expect(state).toBe('too-vague')
    expect(question?.answers.length).toBeGreaterThan(1)
  })
})

/** Somebody who knows the code answers truthfully. */
function guide(text: string, code: string, turns: number) {
  const answers: Answered[] = []
  let turn = nomenclature.classify(text)
  while (turn.state !== 'sure' && turn.question && answers.length < turns) {
    const fitting = turn.question.answers
      .flatMap(({ id, codes }) => codes.map((prefix) => ({ id, prefix })))
      .filter(({ prefix }) => code.startsWith(prefix))
      .sort((a, b) => b.prefix.length - a.prefix.length)
    answers.push({ question: turn.question.id, answer: fitting[0]?.id ?? noneOfThese })
    turn = nomenclature.classify(text, { answers })
  }
  return { turn, answers }
}

describe('questions', () => {
  test.each([
    ['t-shirt', '610990'],
    ['t-shirt', '610910'],
    ['trousers', '620463'],
    ['bag', '420222'],
    ['shoes', '640399'],
    ['coffee', '210111'],
    ['frozen shrimp', '030617'],
    ['chair', '940169'],
    ['gift', '340600'],
  ])('%s leads to %s within five', (text, code) => {
    const { turn, answers } = guide(text, code, 5)
    expect(answers.length).toBeGreaterThan(0)
    expect(turn.code).toBe(code)
  })

  test('none is asked twice', () => {
    const { answers } = guide('thing of metal', '732690', 12)
    const ids = answers.map(({ question }) => question)
    expect(ids.length).toBe(new Set(ids).size)
  })

  test.each(['phone case', 'dog toy rope', 'cotton bedsheet', '陶瓷杯', 'robe en lin', 'gift'])(
    '%s: "which of these" offers six at most, eight once none of them was it, none that nobody means',
    (text) => {
      const answers: Answered[] = []
      for (let turn = 0; turn < 6; turn++) {
        const { question } = nomenclature.classify(text, { answers })
        if (!question) break
        const isNoneSo = answers.some((each) => each.question.startsWith('which-'))
        if (question.text === '')
          expect(question.answers.length).toBeLessThanOrEqual(isNoneSo ? 8 : 6)
        const denied = answers.map((each) => each.question.split('-')).flat()
        expect(question.answers.filter(({ id }) => id.length > 1 && denied.includes(id))).toEqual(
          [],
        )
        answers.push({ question: question.id, answer: noneOfThese })
      }
    },
  )

  // The doubt spread over all codes adds up in chapters of hundreds: chemicals and machines were offered for all of these.
  test.each([
    ['scarf', '61 62'],
    ['teapot', '69 70'],
    ['phone case', '39 42'],
    ['necklace', '71'],
    ['shawl', '61 62'],
    ['wool scarf', '61 62'],
    ['soap', '34'],
    ['dress', '61 62'],
  ])('%s: nothing is offered that nobody would believe, only of chapters %s', (text, chapters) => {
    const { question } = nomenclature.classify(text)
    const offered = question!.answers.flatMap(({ codes }) => codes.map((code) => code.slice(0, 2)))
    expect(offered.filter((chapter) => !chapters.split(' ').includes(chapter))).toEqual([])
    expect(question!.answers.length).toBeGreaterThan(1)
  })

  test('whoever says "none of these" is offered what was held back', () => {
    const first = nomenclature.classify('scarf').question!
    const none = { question: first.id, answer: noneOfThese }
    const next = nomenclature.classify('scarf', { answers: [none] }).question!
    expect(next.answers.length).toBeGreaterThan(1)
    const before = new Set(first.answers.map(({ id }) => id))
    expect(next.answers.filter(({ id }) => before.has(id))).toEqual([])
  })

  test('one code that holds nearly all belief is asked for by itself', () => {
    const { question, confidence } = nomenclature.classify('scented candle')
    expect(confidence).toBeGreaterThan(0.7)
    expect(question).toMatchObject({ text: '', answers: [{ id: '340600' }] })
    const yes = { question: question!.id, answer: '340600' }
    expect(nomenclature.classify('scented candle', { answers: [yes] })).toMatchObject({
      state: 'sure',
      code: '340600',
    })
  })

  test('whoever chose a kind is asked only about what is under it', () => {
    const answers = [{ question: 'which-9503-2309', answer: '9503' }]
    const { question } = nomenclature.classify('dog toy rope', { answers })
    if (question?.text === '')
      for (const { id } of question.answers) expect(id.slice(0, 4)).toBe('9503')
  })

  test('not knowing leaves everything as it was', () => {
    const first = nomenclature.classify('t-shirt')
    const id = first.question?.id ?? ''
    const second = nomenclature.classify('t-shirt', {
      answers: [{ question: id, answer: notKnown }],
    })
    expect(second.rivals).toEqual(first.rivals)
    expect(second.question?.id).not.toBe(id)
  })

  test('answers nobody offered are passed over', () => {
    const odd = [
      { question: '9999-1', answer: '1' },
      { question: 'which-61', answer: '__proto__' },
      { question: 'which-610910-61', answer: '61' },
      { question: 'which-610910-610910', answer: '610910' },
    ]
    const { rivals } = nomenclature.classify('t-shirt', { answers: odd })
    expect(rivals).toEqual(nomenclature.classify('t-shirt').rivals)
  })

  test('are in the language of the reader where somebody has written them, and say which it is', () => {
    const { question } = nomenclature.classify('กระเป๋า', { locale: 'th' })
    expect(question).toBeDefined()
    const isThai = /\p{Script=Thai}/u.test(question?.answers[0]?.text ?? '')
    expect(question?.lang).toBe(isThai ? 'th' : 'en')
  })
})

describe('a turn', () => {
  test('is the same each time', () =>
    expect(nomenclature.classify('leather bag')).toEqual(nomenclature.classify('leather bag')))

  test('has rivals in order, their confidence within one', () => {
    const { rivals } = nomenclature.classify('bag')
    const shares = rivals.map(({ confidence }) => confidence)
    expect(shares).toEqual(shares.toSorted((a, b) => b - a))
    expect(shares.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(1.002)
  })

  test.each([
    'a'.repeat(100_000),
    '🦧🧤'.repeat(500),
    '\u0000\ud800',
    'ア'.repeat(300),
    'ghjk '.repeat(400),
    '&amp;&#0; -- ""',
  ])('survives %#', (text) => expect(nomenclature.classify(text).state).toBeDefined())
})

describe('a model of the operator', () => {
  test('reorders the rivals, no more', () => {
    const toy = createNomenclature({
      ranker: (_, rivals) => rivals.map(({ code }) => (code.startsWith('9617') ? 10_000 : 1)),
    })
    expect(nomenclature.classify('mug').code).not.toMatch(/^9617/)
    expect(toy.classify('mug').code).toMatch(/^9617/)
  })

  test('that answers nonsense changes nothing', () => {
    const toy = createNomenclature({ ranker: () => [Number.NaN, -1] })
    expect(toy.classify('mug')).toEqual(nomenclature.classify('mug'))
  })
})

describe('names', () => {
  test.each([
    ['6109', 'zh-Hans', 'zh'],
    ['6109', 'fr-CA', 'fr'],
    ['610910', 'th', 'en'],
    ['61', 'sw', 'en'],
  ])('%s for %s is %s', (code, locale, lang) =>
    expect(nomenclature.nameOf(code, locale)?.locale).toBe(lang),
  )

  test('of what is no code', () => expect(nomenclature.nameOf('999999')).toBeUndefined())

  test('lead from chapter to subheading', () => {
    expect(nomenclature.chapters().map(({ code }) => code)).toContain('61')
    expect(nomenclature.headingsOf('61').map(({ code }) => code)).toContain('6109')
    expect(nomenclature.subheadingsOf('6109').map(({ code }) => code)).toEqual(['610910', '610990'])
  })
})
