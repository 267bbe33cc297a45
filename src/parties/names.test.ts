import { expect, test } from 'vitest'
import { isRefused } from '../basis/refusal.ts'
import { businessNameFrom, personNameFrom } from './names.ts'

const said = (name: ReturnType<typeof personNameFrom>) => (isRefused(name) ? name.refused : 'taken')

// A name stands at the head of the hub's own mails.
test.each([
  ['Amina binti Yusof', 'taken', 'taken'],
  ['J.R.R. Tolkien', 'taken', 'taken'],
  ['St.John Smith', 'taken', 'taken'],
  ['M. d’Arc-Lévy Jr.', 'taken', 'taken'],
  ['陈美玲', 'taken', 'taken'],
  ['นาย.สมชาย', 'taken', 'taken'],
  ['Batik Amina Sdn. Bhd.', 'taken', 'taken'],
  ['Acme B.V. c/o Bo', 'taken', 'taken'],
  ['Coffee@Home', 'taken', 'taken'],
  ['Booking.com B.V.', 'name-has-link', 'taken'],
  ['you won, see https://evil.example/prize', 'name-has-link', 'name-has-link'],
  ['you won HTTP://EVIL.EXAMPLE', 'name-has-link', 'name-has-link'],
  ['go to www.evil.example', 'name-has-link', 'name-has-link'],
  ['WWW.EVIL.EXAMPLE', 'name-has-link', 'name-has-link'],
  ['prize at evil.example/now', 'name-has-link', 'name-has-link'],
  ['prize at EVIL.COM', 'name-has-link', 'taken'],
  ['write to amina@evil.example', 'name-has-link', 'name-has-link'],
  ['h\u200Bttps:\u200B//evil.example', 'name-has-link', 'name-has-link'],
  ['\u200B', 'name-missing', 'business-name-missing'],
  ['a'.repeat(161), 'name-missing', 'business-name-missing'],
])('%s: of a person %s, of a business %s', (typed, person, business) => {
  expect([said(personNameFrom(typed)), said(businessNameFrom(typed))]).toEqual([person, business])
})
