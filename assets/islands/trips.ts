// The week's trips on the map: a line a day, told apart by colour and by its dashes, and numbered stops.
import { beneath, colours, inked } from './basemap'
import { fit, openChart } from './chart'
import type { Map as Chart } from 'maplibre-gl'

interface Way {
  day: string
  name: string
  line: [number, number][]
  stops: { partner: number; number: string; name: string; at: [number, number] }[]
}

const DASHES = [[1], [4, 2], [1, 1.6], [6, 2, 1, 2], [3, 3]]

/** Opens the map and draws the trips that it names. */
export async function readyTrips(): Promise<void> {
  const place = document.querySelector<HTMLElement>('#map[data-trips]')
  if (!place) return
  const chart = await openChart(place)
  const answer = await fetch(place.dataset['trips'] ?? '')
  const ways = answer.ok ? ((await answer.json()) as { days: Way[] }).days : []
  ways.forEach((way, n) => line(chart, place, way, n))
  stops(chart, place, ways)
  fit(chart, ways.flatMap((way) => way.line))
  place.dataset['ready'] = 'yes'
}

function line(chart: Chart, place: HTMLElement, way: Way, n: number): void {
  const feature = { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: way.line } }
  chart.addSource(`way-${n}`, { type: 'geojson', data: feature as never })
  chart.addLayer({
    id: `way-${n}`,
    type: 'line',
    source: `way-${n}`,
    paint: { 'line-color': colours(place).accent, 'line-width': 2.5, 'line-dasharray': DASHES[n % DASHES.length] ?? [1] },
  })
}

function stops(chart: Chart, place: HTMLElement, ways: Way[]): void {
  const paint = colours(place)
  const features = ways.flatMap((way) =>
    way.stops.map((stop) => ({
      type: 'Feature',
      properties: { number: stop.number, name: stop.name },
      geometry: { type: 'Point', coordinates: stop.at },
    })),
  )
  chart.addSource('stops', { type: 'geojson', data: { type: 'FeatureCollection', features } as never })
  chart.addLayer({
    id: 'stops',
    type: 'circle',
    source: 'stops',
    paint: { 'circle-radius': 10, 'circle-color': paint.paper, 'circle-stroke-color': paint.accent, 'circle-stroke-width': 2 },
  })
  chart.addLayer({
    id: 'stop-numbers',
    type: 'symbol',
    source: 'stops',
    layout: { 'text-field': ['get', 'number'], 'text-font': ['system-ui, sans-serif'], 'text-size': 12, 'text-allow-overlap': true },
    paint: { 'text-color': paint.ink },
  })
  chart.addLayer({
    id: 'stop-names',
    type: 'symbol',
    source: 'stops',
    minzoom: 7,
    layout: beneath('name', 1.3),
    paint: inked(paint),
  })
}
