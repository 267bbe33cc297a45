import { expect, test } from 'vitest'
import { chooseLocale, languageFor, languageLinks, nameOfLanguage } from './language.ts'

test.each([
  ['the address first', { query: 'zh-Hans', cookie: 'en', acceptLanguage: 'en' }, 'zh-Hans'],
  ['then the cookie', { cookie: 'zh-Hans', acceptLanguage: 'en' }, 'zh-Hans'],
  ['then the browser', { acceptLanguage: 'de, zh-CN;q=0.9, en;q=0.8' }, 'zh-Hans'],
  ['by weight, not by place', { acceptLanguage: 'en;q=0.2, zh;q=0.7' }, 'zh-Hans'],
  ['never at weight 0', { acceptLanguage: 'zh;q=0' }, 'en'],
  ['a region does not matter', { acceptLanguage: 'zh-SG' }, 'zh-Hans'],
  ['another script does', { acceptLanguage: 'zh-TW' }, 'en'],
  ['an unknown wish is passed over', { query: 'tlh', cookie: 'zh-Hans' }, 'zh-Hans'],
  ['nonsense is passed over', { query: '../../etc', acceptLanguage: '*;;q=x,,' }, 'en'],
  ['nothing at all', {}, 'en'],
])('%s', (_rule, wishes, locale) => {
  expect(chooseLocale(wishes)).toBe(locale)
})

const { money, number, percent, date, country } = languageFor('en')

test.each([
  [money('1204.50', 'CNY'), 'CNY 1,204.50'],
  [money('1204', 'JPY'), 'JPY 1,204'],
  [money('0.005', 'KWD'), 'KWD 0.005'],
  [money('-12.00', 'MYR'), '-MYR 12.00'],
  [money('90071992547409931234567.89', 'IDR'), 'IDR 90,071,992,547,409,931,234,567.89'],
  [number('0.10'), '0.10'],
  [percent('7.5'), '7.5%'],
  [date('2026-07-01'), 'Jul 1, 2026'],
  [country('MY'), 'Malaysia'],
  [languageFor('zh-Hans').date('2026-07-01'), '2026年7月1日'],
  [languageFor('zh-Hans').country('MY'), '马来西亚'],
  [nameOfLanguage('zh-Hans'), '简体中文'],
])('%s is written as %s', (written, expected) => {
  expect(written.replaceAll('\u00a0', ' ')).toBe(expected)
})

test('the parts of an amount re-join', () => {
  const language = languageFor('en')
  expect(language.moneyParts('-1204.50', 'CNY')).toEqual({
    before: 'CNY',
    digits: '-1,204.50',
    after: '',
  })
})

test.each(['', '1e3', '12.', '1,204.50', 'NaN', ' 1'])('%j is no amount', (text) => {
  expect(() => money(text, 'CNY')).toThrow('Not a decimal')
})

test('a language link keeps the rest of the address', () => {
  const links = languageLinks(new URL('http://hub.test/goods?q=silk&lang=en'), 'en')
  expect(links).toContainEqual({
    locale: 'zh-Hans',
    href: '/goods?q=silk&lang=zh-Hans',
    current: false,
  })
})

test('the links of languages stay on the hub, whatever its address was', () => {
  for (const { href } of languageLinks(new URL('http://hub.test//evil.example/x'), 'en'))
    expect(new URL(href, 'http://hub.test/').origin).toBe('http://hub.test')
})
