import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { default as bwip } from 'bwip-js/node'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { writeHubCode } from './hub-account.ts'
import { makePayerCode } from './payer-code.ts'
import { qrPicture } from './qr-picture.ts'

const run = promisify(execFile)

const amina = String(
  writeHubCode(
    { hubHost: 'hub.kuala-lumpur.example', code: '28T5CY4TH', kind: 'dynamic' },
    {
      category: '5651',
      currency: 'MYR',
      amountMinor: 24_950n,
      country: 'MY',
      name: 'AMINA BATIK OF KUALA LUMPUR',
      city: 'KUALA LUMPUR',
      postalCode: '50050',
      additional: {
        bill: 'B-2026-000017',
        reference: 'REF-000000000000017',
        terminal: 'TILL 3',
        others: [],
        templates: [],
      },
      inLanguage: { language: 'ZH', name: '阿米娜蜡染', city: '吉隆坡', others: [] },
    },
  ),
)
const chen = makePayerCode('hub.example', (length) => new Uint8Array(length).fill(7), 0).text

const texts = [
  ['a payment', amina],
  ['a code of a payer', chen],
  ['a link', 'https://hub.example/pay/28T5CY4TH'],
] as const

test.each(texts)(
  'the picture of %s has the modules of the library, and four of white around',
  async (_, text) => {
    const svg = await qrPicture(text, 'Pay')
    const [code] = bwip.raw('qrcode', text, 'eclevel=M')
    if (!code || !('pixs' in code)) throw new TypeError('no QR code')
    const white = '0'.repeat(code.pixx + 8)
    const rows = Array.from({ length: code.pixy }, (_row, row) =>
      code.pixs.slice(row * code.pixx, (row + 1) * code.pixx).join(''),
    )
    const four = [white, white, white, white]
    expect(modulesOf(svg)).toEqual([...four, ...rows.map((row) => `0000${row}0000`), ...four])
  },
)

test('it is black on white whatever the page is, sharp, and says what it is', async () => {
  const svg = await qrPicture(amina, 'Pay 249.50 MYR to <Amina> & daughters')
  expect(svg).toContain('<title>Pay 249.50 MYR to &lt;Amina&gt; &amp; daughters</title>')
  expect(svg).toContain('role="img"')
  expect(svg).toContain('shape-rendering="crispEdges"')
  expect(svg).not.toMatch(/currentcolor|class=|style=/i)
  const { data, info } = await sharp(Buffer.from(svg), { density: 72 * 8 })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const colours = new Set<string>()
  for (let at = 0; at < data.length; at += info.channels)
    colours.add(data.subarray(at, at + info.channels).toString('hex'))
  expect([...colours].toSorted()).toEqual(['000000ff', 'ffffffff'])
})

test('a payment with all its parts weighs at most 12 kB', async () => {
  expect(amina.length).toBeGreaterThan(230)
  expect(Buffer.byteLength(await qrPicture(amina, 'Pay 249.50 MYR to Amina'))).toBeLessThanOrEqual(
    12_000,
  )
})

test('the library is loaded by the first picture, not by a start of the hub', async () => {
  const page = JSON.stringify(new URL('qr-picture.ts', import.meta.url).href)
  const script = `
    import { registerHooks } from 'node:module'
    const asked = []
    registerHooks({ resolve: (name, context, next) => (asked.push(name), next(name, context)) })
    const { qrPicture } = await import(${page})
    const before = asked.length
    await qrPicture('28T5CY4TH', 'Pay')
    console.log(JSON.stringify([asked.slice(0, before), asked.slice(before)]))`
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script])
  const [before, after] = JSON.parse(stdout) as string[][]
  expect(before).toEqual([JSON.parse(page)])
  expect(after).toContain('bwip-js/node')
})

const zbar = isThere('zbarimg')
const readBack = 'an independent reader (zbarimg) reads each picture'
if (!zbar) console.log(`not run: ${readBack} (zbarimg of zbar-tools is not installed)`)

test.skipIf(!zbar).each(texts)(`${readBack}: %s`, async (_, text) => {
  const folder = mkdtempSync(join(tmpdir(), 'ewtp-qr-'))
  try {
    const file = join(folder, 'code.png')
    await sharp(Buffer.from(await qrPicture(text, 'Pay')), { density: 72 * 6 })
      .png()
      .toFile(file)
    const read = execFileSync('zbarimg', ['--raw', '-q', file], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    expect(read.trimEnd()).toBe(text)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

function isThere(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Follows the strokes of the picture, as a program that draws would. */
function modulesOf(svg: string): string[] {
  const [, side = ''] = /viewBox="0 0 (\d+) \1"/.exec(svg) ?? []
  const rows = Array.from({ length: Number(side) }, () => Array<string>(Number(side)).fill('0'))
  const [, path = ''] = /<path stroke="#000" d="([^"]*)"/.exec(svg) ?? []
  let [x, y] = [0, 0]
  // A stroke is one high, half of it above its line and half below.
  for (const [, left, top, drawn, leapt] of path.matchAll(/M(\d+) (\d+)\.5|h(\d+)|m(\d+) 0/g)) {
    if (top !== undefined) [x, y] = [Number(left), Number(top)]
    if (drawn !== undefined) rows[y]?.fill('1', x, x + Number(drawn))
    x += Number(drawn ?? leapt ?? 0)
  }
  return rows.map((row) => row.join(''))
}
