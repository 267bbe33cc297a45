import { describe, expect, test } from 'vitest'
import { createNomenclature } from './index.ts'
import { nomenclatureRoutes } from './routes.tsx'

const nomenclature = createNomenclature()
const app = nomenclatureRoutes({
  nomenclature: () => nomenclature,
  territories: () => [{ value: 'VN', label: 'Viet Nam' }],
  linesOf: (territory, subheading) =>
    territory === 'VN'
      ? [
          { code: `${subheading}10`, duty: '20%' },
          { code: `${subheading}20`, duty: '25%' },
        ]
      : [],
})
const post = (body: unknown): Response | Promise<Response> =>
  app.request('/api/v1/classifications', {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const page = async (query: Record<string, string | string[]>): Promise<string> => {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query))
    for (const each of [value].flat()) search.append(key, each)
  const response = await app.request(`/classify?${search}`)
  expect(response.status).toBe(200)
  return response.text()
}

describe('POST /api/v1/classifications', () => {
  test('a text gives a code with rivals, or a question', async () => {
    const turn = await (await post({ text: 'leather wallet for men' })).json()
    expect(turn.rivals.map(({ code }: { code: string }) => code)).toContain('420231')
    expect(['sure', 'ask']).toContain(turn.state)
  })

  test('answers go along', async () => {
    const first = await (await post({ text: 't-shirt' })).json()
    expect(first.state).toBe('ask')
    const cotton = first.question.answers.find(({ codes }: { codes: string[] }) =>
      codes.some((code) => '610910'.startsWith(code)),
    )
    const answers = [{ question: first.question.id, answer: cotton.id }]
    const second = await (await post({ text: 't-shirt', answers })).json()
    expect(second.asked).toHaveLength(1)
    expect(second.code).toBe('610910')
    expect(second.confidence).toBeGreaterThan(first.confidence)
  })

  test.each([
    ['{', 400],
    ['null', 422],
    [{}, 422],
    [{ text: 5 }, 422],
    [{ text: 'x'.repeat(2001) }, 422],
    [{ text: 'shirt', answers: [{ question: 'x' }] }, 422],
    [
      {
        text: 'shirt',
        answers: Array.from({ length: 13 }, () => ({ question: 'a', answer: 'b' })),
      },
      422,
    ],
    [{ text: 'shirt', colour: 'red' }, 422],
    [{ text: '', answers: [] }, 200],
    [{ text: '\u0000\ud800<script>' }, 200],
    [
      {
        text: 'shirt',
        locale: '../../etc',
        answers: [{ question: 'which-1-1', answer: '__proto__' }],
      },
      200,
    ],
  ])('%j is %i', async (body, status) => {
    const response = await post(body)
    expect(response.status).toBe(status)
    if (status !== 200)
      expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  })
})

describe('GET /classify', () => {
  test('asks, takes the answer, and takes it back, as plain forms do', async () => {
    const first = await page({ 'classify-text': 't-shirt' })
    const offered = [...first.matchAll(/type="radio"[^>]*value="([^"]+)"/g)].map(
      ([, value]) => value!,
    )
    expect(offered.length).toBeGreaterThan(2)
    const second = await page({
      'classify-text': 't-shirt',
      'classify-about': 't-shirt',
      'classify-answer': offered[0]!,
    })
    expect(second).toContain(`type="hidden" name="classify-answer" value="${offered[0]}"`)
    const undone = await page({
      'classify-text': 't-shirt',
      'classify-about': 't-shirt',
      'classify-answer': offered[0]!,
      'classify-undo': offered[0]!.split('=')[0]!,
    })
    expect(undone).not.toContain('type="hidden" name="classify-answer"')
  })

  test('drops the answers to another text', async () => {
    const html = await page({
      'classify-text': 'leather wallet',
      'classify-about': 't-shirt',
      'classify-answer': '6109-1=1',
    })
    expect(html).not.toContain('type="hidden" name="classify-answer"')
  })

  test('says what a vague text lacks', async () =>
    expect(await page({ 'classify-text': 'gift' })).toContain('too vague'))

  test('leads on to the lines of a country', async () => {
    const html = await page({ 'classify-text': 'leather wallet', to: 'VN' })
    expect(html).toMatch(/line=420231\d+/)
    expect(html).toContain('25%')
  })

  test('says where the words of the lines are', async () => {
    const html = await page({ 'classify-text': 'leather wallet', to: 'VN' })
    expect(html).toContain('official tariff')
    expect(html).toContain('href="/tariff/VN/420231"')
  })

  test('writes what was typed as text, never as markup', async () => {
    const html = await page({ 'classify-text': '"><script>alert(1)</script>' })
    expect(html).not.toContain('<script>alert')
  })

  const next = '/cost/question?from=MY&price-1=7%2C50&line=1'
  const links = (html: string): string[] =>
    [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'))

  test('a code that was found leads on to the price at the door of it', async () => {
    const html = await page({ 'classify-text': 'silk scarf' })
    expect(html).toContain('Price at the door with 6214.10')
    expect(links(html)).toContain('/cost/question?goods-1=silk+scarf&code-1=6214.10')
  })

  test('so does each that it may also be, and a line of one country with its country', async () => {
    const html = await page({ 'classify-text': 't-shirt', to: 'VN' })
    expect(links(html)).toContain('/cost/question?goods-1=t-shirt&code-1=6109.10')
    expect(links(html)).toContain('/cost/question?goods-1=t-shirt&code-1=6109.90')
    const line = await page({ 'classify-text': 'silk scarf', to: 'VN', line: '62141010' })
    expect(links(line)).toContain(
      '/cost/question?goods-1=silk+scarf&code-1=6214.10.10&code-of-1=VN&to=VN',
    )
  })

  test('a code that was asked for goes back there, through every turn', async () => {
    const asked = { 'classify-text': 't-shirt', next }
    const first = await page(asked)
    expect(links(first)).toContain(next)
    expect(first).toContain(`name="next" value="${next.replaceAll('&', '&amp;')}"`)
    const [, answer = ''] = /type="radio"[^>]*value="([^"]+)"/.exec(first) ?? []
    const second = await page({ ...asked, 'classify-answer': answer, to: 'VN' })
    const undo = links(second).find((href) => href.startsWith('/classify?classify-text'))
    expect(new URLSearchParams(undo?.split('?')[1]).get('next')).toBe(next)
    expect(second.match(/name="next"/g)).toHaveLength(2)
    expect(links(second)).toContain(`${next}&found=610910&found-text=t-shirt`)
    expect(second).toContain('Use 6109.10')
    expect(second).not.toContain('Price at the door')
  })

  test.each([
    'https://evil.example/',
    '//evil.example',
    '/.//evil.example',
    '/\\evil.example',
    'cost',
  ])('and never to another site: %s', async (elsewhere) => {
    const html = await page({ 'classify-text': 'silk scarf', next: elsewhere })
    // The page's own address, for machines, is whole.
    const others = links(html).filter((href) => href !== 'http://localhost/classify')
    expect(others.filter((href) => !/^\/(?!\/)/.test(href) && !href.startsWith('#'))).toEqual([])
    expect(html).not.toContain('name="next"')
  })

  test.each(['en', 'zh-Hans', 'ms', 'th', 'fr'])('speaks %s', async (lang) => {
    const html = await page({ lang, 'classify-text': 't-shirt', to: 'VN', next })
    expect(html).toContain(`lang="${lang}"`)
    expect(html).not.toMatch(/nomenclature\.[a-z]/)
  })
})
