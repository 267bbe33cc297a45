import { beforeAll, expect, test } from 'vitest'
import { goodsHub, scarf, type GoodsHub } from '../../../test/journeys/support/goods-hub.ts'
import { testDatabase } from '../../../test/support/database.ts'

const db = await testDatabase()
let desk: GoodsHub
beforeAll(async () => {
  desk = await goodsHub(db)
})

/** What stands on the page of the questions: those that are answered, and the one that is open with its answers. */
function questionsOn(page: string) {
  const inputs = [...page.matchAll(/<input[^>]* name="classify-answer"[^>]*>/g)].map(([tag]) => ({
    hidden: tag.includes('type="hidden"'),
    value: /value="([^"]*)"/.exec(tag)?.[1] ?? '',
  }))
  return {
    text: /name="classify-text"[^>]*value="([^"]*)"/.exec(page)?.[1],
    answered: inputs.filter(({ hidden }) => hidden).map(({ value }) => value),
    offered: inputs.filter(({ hidden }) => !hidden).map(({ value }) => value),
  }
}

/** Asks and answers as a seller does who takes the first answer each time. */
async function answering(times: number) {
  const body = new FormData()
  const fields = { ...scarf, subheading: '', 'classify-text': 'scarf', 'classify-about': 'scarf' }
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  const turn = async () => {
    body.set('classify-turn', 'answer')
    return questionsOn(await (await desk.post(desk.goods, body)).text())
  }
  let open = await turn()
  for (let at = 0; at < times; at += 1) {
    body.append('classify-answer', open.offered[0] ?? '')
    open = await turn()
  }
  body.delete('classify-turn')
  return { body, open }
}

const pathOf = (answer: Response): string =>
  (answer.headers.get('location') ?? '').split(/[?#]/)[0] ?? ''

test.each([0, 1, 2])(
  'a draft saved after %i answers comes back at the question where it was left',
  async (times) => {
    const { body, open } = await answering(times)
    expect(open).toMatchObject({ text: 'scarf', answered: { length: times } })
    expect(open.offered.length, 'a question is open').toBeGreaterThan(1)
    const path = pathOf(await desk.post(desk.goods, body))
    expect(questionsOn(await (await desk.get(path)).text())).toEqual(open)
  },
)

test('the answer that was chosen when it was saved counts, and a code ends the questions', async () => {
  const { body, open } = await answering(1)
  body.append('classify-answer', open.offered[0] ?? '')
  const path = pathOf(await desk.post(desk.goods, body))
  const after = questionsOn(await (await desk.get(path)).text())
  expect(after.answered).toEqual([...open.answered, open.offered[0]])

  await desk.post(path, { ...scarf, subheading: '6214.10' })
  const coded = questionsOn(await (await desk.get(path)).text())
  expect(coded).toEqual({ text: '', answered: [], offered: [] })
  const { rows } = await db.pool.query('select classified from offers where offer_id = $1', [
    path.split('/').at(-1),
  ])
  expect(rows).toEqual([{ classified: { stated: true } }])
})

test('words taken back are forgotten', async () => {
  const { body } = await answering(1)
  const path = pathOf(await desk.post(desk.goods, body))
  await desk.post(path, { ...scarf, subheading: '', 'classify-text': '' })
  expect(questionsOn(await (await desk.get(path)).text())).toMatchObject({ text: '', answered: [] })
})
