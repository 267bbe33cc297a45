import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import chromium from '@sparticuz/chromium'
import { chromium as playwright, type Page } from 'playwright-core'

export interface PageOptions {
  /** CSS pixels; the height follows that of a phone or a laptop. */
  width?: number | undefined
  dark?: boolean | undefined
  javascript?: boolean | undefined
  locale?: string | undefined
}

export interface TestBrowser {
  openPage(options?: PageOptions): Promise<Page>
  close(): Promise<void>
}

/** A real Chromium with a new profile; each page has its own cookies. The binary comes from npm. */
export async function launchBrowser(): Promise<TestBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'ewtp-browser-'))
  const executablePath = await chromium.executablePath()
  await writeFile(join(folder, 'fonts.conf'), fontSettings(folder))
  const env = { ...process.env, FONTCONFIG_FILE: join(folder, 'fonts.conf') }
  const browser = await playwright.launch({ executablePath, args, env })
  return {
    async openPage({ width = 1280, dark = false, javascript = true, locale = 'en' } = {}) {
      const context = await browser.newContext({
        viewport: { width, height: width < 600 ? 740 : 800 },
        colorScheme: dark ? 'dark' : 'light',
        javaScriptEnabled: javascript,
        locale,
        reducedMotion: 'reduce',
      })
      return context.newPage()
    },
    async close() {
      await browser.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What axe finds against WCAG 2.2 AA, one line each; an empty list is the goal. */
export async function axe(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(wcag22aa).analyze()
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${help} at ${target.join(' ')} ${html.slice(0, 160)}`),
  )
}

/** A picture of the whole page in `test-artifacts/`. */
export async function shoot(page: Page, name: string): Promise<string> {
  const folder = new URL('../../../test-artifacts/', import.meta.url).pathname
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path, fullPage: true })
  return path
}

/** As a reader who presses F5; a page that just loads itself anew takes that for its own. */
export async function reload(page: Page): Promise<void> {
  try {
    await page.reload()
  } catch (error) {
    if (!`${error}`.includes('ERR_ABORTED')) throw error
    await page.reload()
  }
}

/** How far the page can be pushed sideways, in pixels. It should be 0. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth - clientWidth
  })
}

/** Controls smaller than a finger, as text; links inside running text are not meant. */
export function smallTargets(page: Page, least = 44): Promise<string[]> {
  return page.evaluate((size) => {
    const controls = document.querySelectorAll('button, .button, .nav a, summary, select, .tabs a')
    return [...controls].flatMap((control) => {
      const { width, height } = control.getBoundingClientRect()
      const shown = width > 0 && height > 0
      return shown && height < size - 0.5 ? [`${control.outerHTML.slice(0, 80)} ${height}`] : []
    })
  }, least)
}

/**
 * Pictures look the same on every machine: Open Sans comes with the browser. It has no Chinese; a
 * folder with further fonts, such as Noto Sans SC, is named in TEST_FONTS.
 */
function fontSettings(folder: string): string {
  const folders = [join(tmpdir(), 'fonts'), process.env.TEST_FONTS ?? '/usr/share/fonts']
  const families = ['Roboto', 'Open Sans', 'Noto Sans SC']
  const preferred = families.map((family) => `<family>${family}</family>`).join('')
  const aliases = ['sans-serif', 'system-ui'].map(
    (name) => `<alias binding="same"><family>${name}</family><prefer>${preferred}</prefer></alias>`,
  )
  return [
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>',
    ...folders.map((path) => `<dir>${path}</dir>`),
    `<cachedir>${folder}/fonts</cachedir>`,
    ...aliases,
    '</fontconfig>',
  ].join('')
}

const wcag22aa = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

const args = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
