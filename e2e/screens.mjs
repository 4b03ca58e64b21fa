// Takes a picture of every page at 390 and 1400 pixels in both languages, with the demo and with nothing, into artifacts/.
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openBrowser, openPage } from './frame/browser.mjs'
import { EMPTY_PAGES, everyPage, go, tooWide } from './frame/pages.mjs'
import { serve, serveDemo } from './frame/server.mjs'

const artifacts = join(dirname(fileURLToPath(import.meta.url)), 'artifacts')
await mkdir(artifacts, { recursive: true })
const [browser, demo, empty] = await Promise.all([openBrowser(), serveDemo({ partners: 260, months: 36 }), serve()])
for (const language of ['sv', 'en']) {
  for (const width of [390, 1400]) {
    const page = await openPage(browser, { width, height: width === 390 ? 844 : 900, language })
    await picture(page, 'demo', demo, await everyPage(page, demo.address), `${width}-${language}`)
    await picture(page, 'empty', empty, EMPTY_PAGES, `${width}-${language}`)
    await page.context().close()
  }
}
await Promise.all([browser.close(), demo.stop(), empty.stop()])

async function picture(page, title, server, paths, suffix) {
  for (const path of paths) {
    await go(page, server.address + path)
    const name = path.slice(1).replace(/[^a-z0-9]+/gi, '-') || 'start'
    const file = join(artifacts, `${title}-${name}-${suffix}.png`)
    await page.screenshot({ path: file, fullPage: true })
    const wider = await tooWide(page)
    console.log(`${file}${wider > 0 ? `  is ${wider} pixels wider than the screen` : ''}`)
  }
}
