// The map: partners of the same filter as the list, on the bundled basemap. No request leaves this host.
import { Popup } from 'maplibre-gl'
import type { GeoJSONSource, Map as Chart, MapGeoJSONFeature } from 'maplibre-gl'
import { colours } from './basemap'
import { fit, openChart } from './chart'
import { marks } from './marks'

interface Partners {
  features: { geometry: { coordinates: [number, number] } }[]
}

const place = document.querySelector<HTMLElement>('#map')
if (place) void start(place)

async function start(place: HTMLElement): Promise<void> {
  const chart = await openChart(place)
  const found = await partners()
  chart.addSource('partners', { type: 'geojson', data: found as never, cluster: true, clusterRadius: 38, clusterMaxZoom: 9 })
  for (const layer of marks(colours(place))) chart.addLayer(layer)
  fit(chart, points(found))
  answerPointer(chart, place)
  document.addEventListener('htmx:after:swap', () => void follow(chart))
  place.dataset['ready'] = 'yes'
}

// The address of the partners stands in the list, which is exchanged whenever the filter changes.
async function partners(): Promise<Partners> {
  const address = document.querySelector<HTMLElement>('[data-partners]')?.dataset['partners']
  const answer = address ? await fetch(address) : undefined
  return answer?.ok ? ((await answer.json()) as Partners) : { features: [] }
}

async function follow(chart: Chart): Promise<void> {
  const found = await partners()
  await chart.getSource<GeoJSONSource>('partners')?.setData(found as never)
  fit(chart, points(found))
}

function points(found: Partners): [number, number][] {
  return found.features.map((one) => one.geometry.coordinates)
}

function answerPointer(chart: Chart, place: HTMLElement): void {
  chart.on('click', 'clusters', (event) => {
    const cluster = event.features?.[0]
    if (cluster) void open(chart, cluster)
  })
  chart.on('click', 'partners', (event) => {
    const partner = event.features?.[0]
    if (partner) show(chart, partner, place)
  })
  for (const layer of ['clusters', 'partners']) {
    chart.on('mouseenter', layer, () => (chart.getCanvas().style.cursor = 'pointer'))
    chart.on('mouseleave', layer, () => (chart.getCanvas().style.cursor = ''))
  }
}

async function open(chart: Chart, cluster: MapGeoJSONFeature): Promise<void> {
  const zoom = await chart.getSource<GeoJSONSource>('partners')?.getClusterExpansionZoom(cluster.properties['cluster_id'])
  chart.easeTo({ center: point(cluster), zoom: zoom ?? chart.getZoom() + 2 })
}

function show(chart: Chart, partner: MapGeoJSONFeature, place: HTMLElement): void {
  const { id, name, lines } = partner.properties as { id: number; name: string; lines: string }
  const card = document.createElement('div')
  const link = document.createElement('a')
  link.href = `/partners/${id}`
  link.textContent = name
  card.append(link, ...lines.split('\n').map(paragraph))
  new Popup({ maxWidth: '260px', offset: 10 }).setLngLat(point(partner)).setDOMContent(card).addTo(chart)
  place.dataset['shown'] = String(id)
}

function paragraph(words: string): HTMLElement {
  const line = document.createElement('p')
  line.textContent = words
  return line
}

function point(feature: MapGeoJSONFeature): [number, number] {
  return (feature.geometry as unknown as { coordinates: [number, number] }).coordinates
}
