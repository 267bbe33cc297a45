import { expect, test } from 'vitest'
import { countries } from '../basis/country.ts'
import { addressFormat, addressLines, checkAddress, type TypedAddress } from './address.ts'

const typed = (told: Partial<TypedAddress>): TypedAddress => ({
  lines: '',
  district: '',
  town: '',
  region: '',
  postcode: '',
  ...told,
})

// As the posts of these countries print them (UPU S42 templates).
test.each<[string, Partial<TypedAddress>, string[]]>([
  [
    'MY',
    {
      lines: '12 Jalan Ampang',
      town: 'Kuala Lumpur',
      region: 'Wilayah Persekutuan',
      postcode: '50450',
    },
    ['12 Jalan Ampang', '50450 Kuala Lumpur', 'Wilayah Persekutuan'],
  ],
  [
    'CA',
    { lines: '701 West Georgia St', town: 'Vancouver', region: 'bc', postcode: 'v7y1g5' },
    ['701 West Georgia St', 'Vancouver BC  V7Y 1G5'],
  ],
  [
    'CN',
    {
      lines: '1 Wensan Road',
      district: 'Xihu',
      town: 'Hangzhou',
      region: 'Zhejiang',
      postcode: '310012',
    },
    ['1 Wensan Road', 'Xihu', '310012 Hangzhou', 'Zhejiang'],
  ],
  [
    'TH',
    {
      lines: '99 Nimman Road',
      town: 'Suthep',
      district: 'Mueang',
      region: 'Chiang Mai',
      postcode: '50200',
    },
    ['99 Nimman Road', 'Suthep', 'Mueang', 'Chiang Mai 50200'],
  ],
  ['RW', { lines: 'KG 7 Ave', town: 'Kigali' }, ['KG 7 Ave', 'Kigali']],
  [
    'IE',
    { lines: '1 Quay Street', town: 'Galway', postcode: 'h91e9kx' },
    ['1 Quay Street', 'Galway', 'H91 E9KX'],
  ],
  [
    'IT',
    { lines: 'Via Roma 1', town: 'Firenze', region: 'fi', postcode: '50123' },
    ['Via Roma 1', '50123 Firenze FI'],
  ],
  [
    'JP',
    {
      lines: '1-2-3 Marunouchi',
      district: 'Chiyoda-ku',
      town: 'Tokyo',
      region: 'Tokyo',
      postcode: '1000005',
    },
    ['1-2-3 Marunouchi', 'Chiyoda-ku', 'Tokyo, Tokyo', '100-0005'],
  ],
  [
    'IN',
    { lines: '5 MI Road', town: 'Jaipur', region: 'Rajasthan', postcode: '302 001' },
    ['5 MI Road', 'Jaipur 302001', 'Rajasthan'],
  ],
  [
    'AU',
    { lines: 'Unit 3\n10 King St', town: 'Newtown', region: 'nsw', postcode: '2042' },
    ['Unit 3', '10 King St', 'Newtown NSW 2042'],
  ],
  ['BR', { lines: 'Rua A 1', town: 'Recife' }, ['Rua A 1', 'Recife']],
])('an address in %s', (country, told, lines) => {
  const address = checkAddress(country, typed(told))
  expect(Array.isArray(address) ? address : addressLines(address)).toEqual(lines)
})

test.each<[string, Partial<TypedAddress>, unknown[]]>([
  [
    'MY',
    { lines: 'a', town: 'b', region: 'c', postcode: '5045' },
    [{ part: 'postcode', reason: 'not-valid', example: '50050' }],
  ],
  [
    'CA',
    { lines: 'a', town: 'b', region: 'Ontario', postcode: 'V7Y 1G5' },
    [{ part: 'region', reason: 'not-valid', example: 'AB' }],
  ],
  [
    'IT',
    { lines: 'a', town: 'b', region: 'Firenze', postcode: '50123' },
    [{ part: 'region', reason: 'not-valid', example: 'RM' }],
  ],
  [
    'AU',
    { town: 'x' },
    ['lines', 'region', 'postcode'].map((part) => ({ part, reason: 'missing' })),
  ],
  [
    'TH',
    { lines: 'a' },
    ['district', 'region', 'postcode'].map((part) => ({ part, reason: 'missing' })),
  ],
])('an address in %s that is not one', (country, told, faults) => {
  expect(checkAddress(country, typed(told))).toEqual(faults)
})

test.each([
  ['GB', 'ec1y8sy', 'EC1Y 8SY'],
  ['NL', '1012nx', '1012 NX'],
  ['PL', '00940', '00-940'],
  ['LT', '01100', 'LT-01100'],
  ['LT', 'LT-01100', 'LT-01100'],
  ['US', '950140012', '95014-0012'],
  ['SE', '11455', '114 55'],
  ['MT', 'vlt1117', 'VLT 1117'],
  ['PT', '1250096', '1250-096'],
])('a postcode of %s typed without its blank or dash, %s, is %s', (country, typedCode, written) => {
  const address = checkAddress(
    country,
    typed({ lines: '1 Way', town: 'Town', region: 'NY', postcode: typedCode }),
  )
  expect(address).toMatchObject({ postcode: written })
})

test.each(countries.map((country) => [country, addressFormat(country)] as const))(
  'the example of %s is one, and anything else is not',
  (country, { example, postcode, required, template }) => {
    const all = {
      lines: '1 Way',
      district: 'D',
      town: 'Town',
      region: 'R',
      postcode: example ?? '',
    }
    expect(template.join(' ')).toMatch(/\{(town|district)\}/)
    if (!postcode || example === undefined) return
    expect(example).toMatch(postcode)
    const wrong = checkAddress(country, typed({ ...all, region: '', postcode: 'Q' }))
    expect(wrong).toContainEqual({ part: 'postcode', reason: 'not-valid', example })
    const missing = checkAddress(country, typed({ ...all, postcode: '' }))
    expect(required.includes('postcode') === JSON.stringify(missing).includes('"postcode"')).toBe(
      true,
    )
  },
)
