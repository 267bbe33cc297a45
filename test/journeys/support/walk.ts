// A person at the pages of a hub: what they do is counted, and every page they see is looked at.
import { gzipSync } from 'node:zlib'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { axe, sidewaysScroll, smallTargets } from './browser.ts'

export interface Walk {
  page: Page
  javascript: boolean
  /** Things filled in, chosen, ticked, pressed and followed so far. */
  actions(): number
  open(path: string): Promise<void>
  fill(label: string | RegExp, text: string): Promise<void>
  choose(label: string | RegExp, value: string): Promise<void>
  tick(control: Locator): Promise<void>
  /** Presses a button or follows a link; another page comes. */
  press(button: string | RegExp): Promise<void>
  follow(link: string | RegExp): Promise<void>
  go(control: Locator): Promise<void>
  /** The page as it is now: it fits, is light and accessible, and nothing went wrong on the way here. */
  look(name: string, most?: number): Promise<void>
}

/** More bytes than this, packed, no page at a desk may weigh. */
const mostBytes = 30_000

export interface WalkOptions {
  /** Whether the page may run scripts. */
  javascript: boolean
  /** axe runs inside the page, as a script; it looks once at each kind of page. */
  withAxe?: boolean
}

export function walk(
  page: Page,
  origin: string,
  { javascript, withAxe = javascript }: WalkOptions,
): Walk {
  let actions = 0
  const trouble: string[] = []
  const seen = new Set<string>()
  page.setDefaultTimeout(15_000)
  page.on('response', (answer) => {
    if (answer.status() >= 400) trouble.push(`${answer.status()} ${answer.url()}`)
  })
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(message.text())
  })
  page.on('pageerror', (error) => trouble.push(error.message))
  /** Said at once where it happened: what is waited for next would never come. */
  const isWell = (): void => expect(trouble, page.url()).toEqual([])
  const go = async (control: Locator): Promise<void> => {
    actions += 1
    await Promise.all([page.waitForEvent('load'), control.first().click()])
    isWell()
  }
  return {
    page,
    javascript,
    actions: () => actions,
    go,
    async open(path) {
      await page.goto(origin + path)
      isWell()
    },
    async fill(label, text) {
      actions += 1
      await page.getByLabel(label, { exact: true }).first().fill(text)
    },
    async choose(label, value) {
      actions += 1
      await page.getByLabel(label, { exact: true }).first().selectOption(value)
    },
    async tick(control) {
      actions += 1
      await control.first().check()
    },
    press: (button) => go(page.getByRole('button', { name: button, exact: true })),
    follow: (link) => go(page.getByRole('link', { name: link, exact: true })),
    async look(name, most = mostBytes) {
      isWell()
      expect(await sidewaysScroll(page), name).toBe(0)
      expect(await smallTargets(page), name).toEqual([])
      expect(gzipSync(await page.content()).length, name).toBeLessThan(most)
      if (!withAxe || seen.has(name)) return
      seen.add(name)
      expect(await axe(page), name).toEqual([])
    },
  }
}
