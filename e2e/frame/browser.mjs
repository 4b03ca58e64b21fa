// A real browser, watched: any request to a foreign host, any error of a script, is a failure of the test.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import { sessions } from './server.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const flags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Debian's Chromium, headless, in a new profile. */
export function openBrowser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags })
}

/** A page of that width and language, signed in wherever the tests are; `page.watch` holds what must stay empty. */
export async function openPage(browser, { width = 1400, height = 900, language = 'sv', stranger = false, ...options } = {}) {
  const locale = language === 'sv' ? 'sv-SE' : 'en-GB'
  const context = await browser.newContext({ viewport: { width, height }, locale, acceptDownloads: true, ...options })
  if (!stranger) await context.addCookies(sessions)
  const page = await context.newPage()
  page.watch = { foreign: [], errors: [] }
  context.on('request', (request) => {
    if (!isOurs(request.url())) page.watch.foreign.push(request.url())
  })
  page.on('pageerror', (error) => page.watch.errors.push(`${error}`))
  page.on('console', (message) => {
    if (message.type() === 'error') page.watch.errors.push(message.text())
  })
  return page
}

/** Closes the page after looking at what it did behind the reader's back. */
export async function closePage(page) {
  const { foreign, errors } = page.watch
  await page.context().close()
  assert.deepEqual(foreign, [], 'requests to foreign hosts')
  assert.deepEqual(errors, [], 'errors in the page')
}

/** Serious and critical findings of axe, as readable lines. */
export async function findings(page) {
  // The page's policy forbids scripts from elsewhere, so axe comes in by the debugger, not by a script element.
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  const grave = violations.filter((violation) => ['serious', 'critical'].includes(violation.impact))
  return grave.map((violation) => `${violation.id}: ${violation.help} (${violation.nodes.map((node) => node.target.join(' ')).join(', ')})`)
}

/** Does a request stay on this machine, or carry its content in its own address? */
export function isOurs(url) {
  const { protocol, hostname } = new URL(url)
  return ['data:', 'blob:', 'about:'].includes(protocol) || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
}
