// The map: partners of the same filter as the list, on the bundled basemap. No request leaves this host.
import { Map as Chart, NavigationControl, Popup, setWorkerUrl } from 'maplibre-gl'
import type { GeoJSONSource, LngLatBoundsLike, MapGeoJSONFeature } from 'maplibre-gl'
import { basemap, colours } from './basemap'
import { marks } from './marks'

interface Partners {
  features: { geometry: { coordinates: [number, number] } }[]
}

const place = document.querySelector<HTMLElement>('#map')
if (place) void start(place)

async function start(place: HTMLElement): Promise<void> {
  const assets = place.dataset['assets'] ?? '/assets/'
  setWorkerUrl(`${assets}map-worker.js`)
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const chart = new Chart({
    container: place,
    style: basemap(assets, colours(place)),
    center: [16, 61],
    zoom: 3.6,
    minZoom: 0.6,
    maxZoom: 14,
    attributionControl: { compact: false, customAttribution: 'Natural Earth' },
    dragRotate: false,
    pitchWithRotate: false,
    locale: words(place),
  })
  chart.touchZoomRotate.disableRotation()
  chart.addControl(new NavigationControl({ showCompass: false }), 'top-right')
  dark.addEventListener('change', () => location.reload())
  await chart.once('load')
  const found = await partners()
  chart.addSource('partners', { type: 'geojson', data: found as never, cluster: true, clusterRadius: 38, clusterMaxZoom: 9 })
  for (const layer of marks(colours(place))) chart.addLayer(layer)
  fit(chart, found)
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
  fit(chart, found)
}

function fit(chart: Chart, found: Partners): void {
  const points = found.features.map((one) => one.geometry.coordinates)
  if (!points.length) return
  const [lons, lats] = [points.map((point) => point[0]), points.map((point) => point[1])]
  const low = (numbers: number[]) => numbers.reduce((one, other) => Math.min(one, other))
  const high = (numbers: number[]) => numbers.reduce((one, other) => Math.max(one, other))
  const box: LngLatBoundsLike = [[low(lons), low(lats)], [high(lons), high(lats)]]
  chart.fitBounds(box, { padding: 48, maxZoom: 8, animate: false })
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

function words(place: HTMLElement): Record<string, string> {
  const said = (name: string) => place.dataset[name] ?? ''
  return {
    'NavigationControl.ZoomIn': said('zoomIn'),
    'NavigationControl.ZoomOut': said('zoomOut'),
    'Popup.Close': said('close'),
    'Map.Title': said('title'),
    'AttributionControl.ToggleAttribution': said('source'),
  }
}
