// The frame itself can fail: a foreign request, a script's error and a page that axe dislikes are all seen.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closePage, findings, isOurs, openBrowser, openPage } from '../frame/browser.mjs'

let browser
before(async () => (browser = await openBrowser()))
after(() => browser?.close())

test('a request to a foreign host fails the test', async () => {
  const page = await openPage(browser)
  await page.setContent('<img src="http://198.51.100.1/pixel.png">')
  await assert.rejects(closePage(page), /foreign hosts/)
})

test('an error of a script fails the test', async () => {
  const page = await openPage(browser)
  await page.setContent('<script>throw new Error("spoiled")</script>')
  await assert.rejects(closePage(page), /errors in the page/)
})

test('axe sees an image without words and a field without a name', async () => {
  const page = await openPage(browser)
  await page.setContent('<html lang="sv"><title>x</title><main><h1>x</h1><img src="data:,"><input></main>')
  const seen = await findings(page)
  assert.ok(seen.some((line) => line.startsWith('image-alt')), seen.join('\n'))
  assert.ok(seen.some((line) => line.startsWith('label')), seen.join('\n'))
  await page.context().close()
})

test('hosts of this machine are ours and others are not', () => {
  for (const url of ['http://127.0.0.1:1/a', 'http://localhost/', 'data:,x', 'blob:http://127.0.0.1/1']) assert.ok(isOurs(url), url)
  for (const url of ['https://example.org/', 'http://127.0.0.1.example.org/', 'wss://192.0.2.1/']) assert.ok(!isOurs(url), url)
})
