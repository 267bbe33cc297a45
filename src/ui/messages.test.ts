import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { locales, messagesFor, readMessages } from './messages.ts'

type Node = ReturnType<IntlMessageFormat['getAst']>[number]
type Branch = Node & { options: Record<string, { value: Node[] }> }

const english = readMessages('en')
const others = locales.filter((locale) => locale !== 'en')

describe.each(others)('messages in %s', (locale) => {
  const messages = readMessages(locale)

  test('have the keys of the English ones', () => {
    expect([...messages.keys()].sort()).toEqual([...english.keys()].sort())
  })

  test('take the same arguments', () => {
    const args = (all: ReadonlyMap<string, string>, of: string) =>
      Object.fromEntries(
        [...english.keys()].map((key) => [key, argumentsOf(all.get(key) ?? '', of)]),
      )
    expect(args(messages, locale)).toEqual(args(english, 'en'))
  })

  test('are translated', () => {
    const same = [...english].filter(([key, text]) => messages.get(key) === text && hasWords(text))
    expect(same).toEqual([])
  })

  const script = new Intl.Locale(locale).maximize().script
  test.runIf(script === 'Hans' || script === 'Hant')('are written in Chinese', () => {
    const foreign = [...messages].filter(
      ([, text]) => hasWords(text) && !/\p{Script=Han}/u.test(text),
    )
    expect(foreign).toEqual([])
  })
})

test.each(locales)('plurals in %s have every form', (locale) => {
  const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions()
  for (const [key, text] of readMessages(locale)) {
    for (const { options } of branchesOf(text, locale)) {
      const forms = Object.keys(options).filter((form) => !form.startsWith('='))
      expect(forms.sort(), key).toEqual([...pluralCategories].sort())
    }
  }
})

test('in French no line begins with a colon, nor ends with an opening quote', () => {
  const breaking = [...readMessages('fr')].filter(([, text]) => / [:;?!»]|« /.test(text))
  expect(breaking).toEqual([])
})

test('a key begins with the name of its file', () => {
  expect([...english.keys()].filter((key) => !/^[a-z]+\.[a-zA-Z.]+$/.test(key))).toEqual([])
})

test.each([
  ['en', 0, 'No results'],
  ['en', 1, '1 result'],
  ['en', 1284, '1,284 results'],
  ['zh-Hans', 3, '3 条结果'],
])('%s counts %i as %s', (locale, count, text) => {
  expect(messagesFor(locale)('ui.resultCount', { count })).toBe(text)
})

test('there is no falling back', () => {
  expect(() => messagesFor('tlh')).toThrow('No messages for locale tlh')
  expect(() => messagesFor('en')('ui.errorSummary')).toThrow()
})

function parse(text: string, locale: string): Node[] {
  return new IntlMessageFormat(text, locale, undefined, { ignoreTag: true }).getAst()
}

/** Every argument with its kind, such as `count:6`; 0 is plain text, 7 is the # of a plural. */
function argumentsOf(text: string, locale: string): string[] {
  const names = walk(parse(text, locale))
    .filter(({ type }) => type !== 0 && type !== 7)
    .map((node) => `${'value' in node ? node.value : ''}:${node.type}`)
  return [...new Set(names)].sort()
}

function branchesOf(text: string, locale: string): Branch[] {
  return walk(parse(text, locale)).filter(
    (node): node is Branch => node.type === 6 && 'options' in node,
  )
}

function walk(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((node) => {
    if (!('options' in node)) return [node]
    const options = Object.values((node as Branch).options)
    return [node, ...options.flatMap(({ value }) => walk(value))]
  })
}

function hasWords(text: string): boolean {
  return /\p{L}{2}/u.test(text.replaceAll(/\{[^}]*\}|eWTP/g, ''))
}

test('French keeps its signs with the word before them', () => {
  const t = messagesFor('fr')
  expect(t('ui.pair', { name: 'Acheteur', value: 'Chen' })).toBe('Acheteur\u00a0: Chen')
})
