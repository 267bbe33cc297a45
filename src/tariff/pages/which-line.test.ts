import { describe, expect, test } from 'vitest'
import { realTariff } from '../../../test/cli/real-rules.ts'
import { createNomenclature } from '../../nomenclature/index.ts'
import { tariffRoutes } from '../routes.tsx'

// "Which line?" asked so that somebody can answer: what the lines are in plain words, how their rates differ, and where
// their own words are published.

const nomenclature = createNomenclature()
const app = tariffRoutes({
  tariff: () => realTariff,
  today: () => '2026-11-22',
  hub: { name: 'Test hub', territory: 'MY' },
  report: () => {},
  nameOf: nomenclature.nameOf,
})
const textOf = async (path: string): Promise<string> =>
  (await (await app.request(path)).text())
    .replaceAll(/<(script|style)[^>]*>.*?<\/\1>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
const asked = (code: string, to: string, more: Record<string, string> = {}): string =>
  `/cost?${new URLSearchParams({
    from: 'MY',
    on: '2026-11-22',
    currency: 'MYR',
    'goods-1': 'Goods',
    'code-1': code,
    'price-1': '100.00',
    'mass-1': '1',
    to,
    see: to,
    ...more,
  })}`

/** Above what is relieved of duty. */
const dear = { 'price-1': '5000.00' }

describe('the lines a code stands for', () => {
  test('of one subheading: what all of them are, and the rate of each', async () => {
    const text = await textOf(asked('6214.10', 'US'))
    expect(text).toContain('all of these lines are: Silk scarves and shawls')
    expect(text).toContain('6214.10.10 1.2% ')
    expect(text).toContain('6214.10.20 3.9% ')
  })

  test('of several subheadings: what each is', async () => {
    const text = await textOf(asked('1905', 'US'))
    expect(text).toMatch(/1905\.31\.00 Sweet biscuits and cookies free/)
    expect(text).toMatch(/1905\.90\.90 Bread, cakes, crackers[^%]* 4\.5%/)
  })

  test('in another language our English words say that they are English', async () => {
    const html = await (await app.request(asked('6214.10', 'US', { lang: 'fr' }))).text()
    expect(html).toContain('<span lang="en">Silk scarves and shawls</span>')
  })

  test('where the words of the lines are, and that we do not copy them', async () => {
    const text = await textOf(asked('6214.10', 'US'))
    expect(text).toContain('written in the country’s official tariff')
    const html = await (await app.request(asked('6214.10', 'US'))).text()
    expect(html).toContain('href="https://hts.usitc.gov"')
  })

  test('a lower rate that goods of this origin may have, where it differs from line to line', async () => {
    const html = await (await app.request(asked('1806.20', 'VN', dear))).text()
    expect(html).toContain('data-label="RCEP, goods of ASEAN members"')
    const text = await textOf(asked('1806.20', 'VN', dear))
    expect(text).toContain('1806.20.10 20% 10%')
    expect(text).toContain('1806.20.90 18% 9%')
    // ASEAN's own rate is free on both lines, and so is nobody's reason to choose.
    expect(html).not.toContain('data-label="ASEAN Trade in Goods Agreement"')
  })

  test('without our words a line is told by its rate', async () => {
    const bare = tariffRoutes({
      tariff: () => realTariff,
      today: () => '2026-11-22',
      hub: { name: 'Test hub', territory: 'MY' },
      report: () => {},
    })
    const html = await (await bare.request(asked('1905', 'US'))).text()
    expect(html).toContain('1905.90.90')
    expect(html).not.toContain('Sweet biscuits')
  })
})

describe('the page of a heading', () => {
  test('says what each line is and where its own words are', async () => {
    const text = await textOf('/tariff/US/1905.31.00')
    expect(text).toContain('1905.31.00 Sweet biscuits and cookies free')
    expect(text).toContain('written in the country’s official tariff')
  })

  test('of a schedule of HS 2017 has no names: our words are those of 2022', async () => {
    const text = await textOf('/tariff/GB/6214.10.00')
    expect(text).toContain('6214.10.00')
    expect(text).not.toContain('Silk scarves')
  })
})

test('MFN stands in brackets where an expert looks, and nowhere as a word of its own', async () => {
  expect(await textOf('/tariff/US/1905.31.00')).toContain('(most favoured nation, MFN)')
  const receipt = await textOf(asked('6214.10', 'GB', dear))
  expect(receipt).toContain('Ordinary duty')
  expect(receipt).not.toContain('(MFN)')
  expect(receipt).toContain('as far as we know')
})
