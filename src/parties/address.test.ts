import { expect, test } from 'vitest'
import { addressLines, checkAddress, type TypedAddress } from './address.ts'

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
