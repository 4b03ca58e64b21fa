// Bundles the islands and styles and cuts the basemap into the folder given as argument, each with a brotli twin.
import { build } from 'esbuild'
import { feature } from 'topojson-client'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gunzipSync } from 'node:zlib'

const out = process.argv[2]
if (!out) throw new Error('say where to build: node build.mjs FOLDER')
rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })

const shared = { bundle: true, minify: true, target: 'es2022', legalComments: 'none', logLevel: 'warning' }
await build({
  ...shared,
  entryPoints: { page: 'islands/page.ts', map: 'islands/map.ts' },
  format: 'esm',
  outdir: out,
})
await build({
  ...shared,
  entryPoints: { 'map-worker': 'node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs' },
  format: 'iife',
  outdir: out,
})
await build({
  ...shared,
  entryPoints: { style: 'styles/style.css', map: 'styles/map.css' },
  target: ['chrome123', 'firefox120', 'safari17.5'],
  outdir: out,
})

for (const name of ['land', 'lakes', 'places']) {
  writeFileSync(join(out, `${name}.json`), gunzipSync(readFileSync(`basemap/${name}_nordic.geojson.gz`)))
}
writeFileSync(join(out, 'world.json'), JSON.stringify(world()))
writeFileSync(join(out, 'icon.svg'), readFileSync('styles/icon.svg'))

for (const name of readdirSync(out)) {
  const bytes = readFileSync(join(out, name))
  const params = { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(bytes, { params }))
}

// The outline of the world outside the finer northern land, so that a distant partner still lies somewhere.
function world() {
  const atlas = JSON.parse(readFileSync('node_modules/world-atlas/land-50m.json', 'utf8'))
  const round = (ring) => ring.map(([lon, lat]) => [Math.round(lon * 100) / 100, Math.round(lat * 100) / 100])
  const land = feature(atlas, atlas.objects.land)
  const shapes = land.type === 'FeatureCollection' ? land.features.map((one) => one.geometry) : [land.geometry]
  const polygons = shapes.flatMap((one) => (one.type === 'Polygon' ? [one.coordinates] : one.coordinates))
  const features = polygons
    .filter((rings) => rings[0].length > 8)
    .map((rings) => ({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: rings.map(round) } }))
  return { type: 'FeatureCollection', features }
}
