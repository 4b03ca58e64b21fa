// Bundles the islands and styles and cuts the basemap into the folder given as argument, each with a brotli twin.
import { build } from 'esbuild'
import { feature } from 'topojson-client'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gunzipSync } from 'node:zlib'

// West, south, east, north of the box that the finer land was clipped to.
const FINE = [4.645, 53.5, 32.5, 71.165]

const out = process.argv[2]
if (!out) throw new Error('say where to build: node build.mjs FOLDER')
rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })

const shared = { bundle: true, minify: true, target: 'es2022', legalComments: 'none', logLevel: 'warning' }
await build({
  ...shared,
  entryPoints: { page: 'islands/page.ts', map: 'islands/map.ts', board: 'islands/board.ts', territories: 'islands/territories.ts', offline: 'islands/offline.ts' },
  format: 'esm',
  splitting: true,
  chunkNames: 'part-[hash]',
  outdir: out,
})
await build({
  ...shared,
  entryPoints: { 'map-worker': 'node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs', 'service-worker': 'islands/service-worker.ts' },
  format: 'iife',
  outdir: out,
})
await build({
  ...shared,
  entryPoints: { style: 'styles/style.css', map: 'styles/map.css', board: 'styles/board.css', meetings: 'styles/meetings.css', today: 'styles/today.css', time: 'styles/time.css', portal: 'styles/portal.css' },
  target: ['chrome123', 'firefox120', 'safari17.5'],
  outdir: out,
})

const north = (name) => gunzipSync(readFileSync(`basemap/${name}_nordic.geojson.gz`))
for (const name of ['land', 'lakes', 'places']) writeFileSync(join(out, `${name}.json`), north(name))
writeFileSync(join(out, 'shore.json'), JSON.stringify(shore(JSON.parse(north('land')))))
writeFileSync(join(out, 'world.json'), JSON.stringify(world()))
writeFileSync(join(out, 'icon.svg'), readFileSync('styles/icon.svg'))
for (const name of readdirSync('icons')) writeFileSync(join(out, name), readFileSync(join('icons', name)))

for (const name of readdirSync(out)) {
  const bytes = readFileSync(join(out, name))
  const params = { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(bytes, { params }))
}

// Natural Earth's outline of the world in pieces of thirty degrees, without the box that the finer land fills. The atlas
// joins its shapes across the date line, so rings are unrolled first and cut after that.
function world() {
  const atlas = JSON.parse(readFileSync('node_modules/world-atlas/land-50m.json', 'utf8'))
  const land = feature(atlas, atlas.objects.land)
  const shapes = land.type === 'FeatureCollection' ? land.features.map((one) => one.geometry) : [land.geometry]
  const polygons = shapes.flatMap((one) => (one.type === 'Polygon' ? [one.coordinates] : one.coordinates))
  const rings = polygons.filter(([outer]) => outer.length > 8 && outer.some(([, lat]) => lat > -60))
  const unrolled = rings.flatMap((polygon) => [0, -360, 360].map((turn) => polygon.map((ring) => unroll(ring, turn))))
  const pieces = cells().flatMap((cell) => unrolled.map((polygon) => polygon.map((ring) => cut(ring, cell))))
  const kept = pieces.map((polygon) => polygon.filter((ring) => ring.length > 3)).filter((polygon) => polygon.length > 0)
  return collection(kept.map((coordinates) => ({ type: 'Polygon', coordinates })))
}

// West, south, east, north of every piece of the world that the finer land does not cover.
function cells() {
  const [west, south, east, north] = FINE
  const lons = [...Array(13).keys()].map((n) => -180 + 30 * n).concat(west, east).sort((one, other) => one - other)
  const lats = [-60, -30, 0, 30, south, north, 84]
  const pairs = (list) => list.slice(1).map((end, n) => [list[n], end]).filter(([from, to]) => from < to)
  const all = pairs(lons).flatMap(([w, e]) => pairs(lats).map(([s, n]) => [w, s, e, n]))
  return all.filter(([w, s, e, n]) => !(w >= west && e <= east && s >= south && n <= north))
}

function unroll(ring, turn) {
  let shift = turn
  return ring.map(([lon, lat], n) => {
    const jump = n ? lon - ring[n - 1][0] : 0
    if (Math.abs(jump) > 180) shift -= 360 * Math.sign(jump)
    return [lon + shift, lat]
  })
}

// Sutherland and Hodgman: cuts a ring along the four sides of a cell in turn.
function cut(ring, [west, south, east, north]) {
  const sides = [[0, west, 1], [0, east, -1], [1, south, 1], [1, north, -1]]
  const inside = (point, [axis, at, sign]) => sign * (point[axis] - at) >= 0
  const crossing = (from, to, [axis, at]) => {
    const part = (at - from[axis]) / (to[axis] - from[axis])
    return [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])]
  }
  let points = ring.slice(0, -1)
  for (const side of sides) {
    points = points.flatMap((point, n) => {
      const before = points.at(n - 1)
      const [now, then] = [inside(point, side), inside(before, side)]
      return [...(now !== then ? [crossing(before, point, side)] : []), ...(now ? [point] : [])]
    })
  }
  const rounded = points.map((point) => point.map((degrees) => Math.round(degrees * 1000) / 1000))
  return rounded.length > 2 ? [...rounded, rounded[0]] : []
}

// The coast as lines, without the edges where the finer land was cut off.
function shore(land) {
  const [west, south, east, north] = FINE
  const near = (one, other) => Math.abs(one - other) < 0.02
  const along = ([x, y], [u, v]) =>
    [west, east].some((lon) => near(x, lon) && near(u, lon)) || [south, north].some((lat) => near(y, lat) && near(v, lat))
  const polygons = land.features.flatMap(({ geometry }) => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates))
  return collection(polygons.flat().flatMap((ring) => lines(ring, along)).map((coordinates) => ({ type: 'LineString', coordinates })))
}

function lines(ring, breaks) {
  const found = [[]]
  ring.forEach((point, n) => {
    if (n && breaks(ring[n - 1], point)) found.push([])
    found.at(-1).push(point)
  })
  return found.filter((line) => line.length > 1)
}

function collection(geometries) {
  return { type: 'FeatureCollection', features: geometries.map((geometry) => ({ type: 'Feature', properties: {}, geometry })) }
}
