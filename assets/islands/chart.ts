// An empty map on the bundled basemap, as every page that has a map opens it. No request leaves this host.
import { Map as Chart, NavigationControl, setWorkerUrl } from 'maplibre-gl'
import type { LngLatBoundsLike } from 'maplibre-gl'
import { basemap, colours } from './basemap'

/** Opens the map and resolves when it stands. */
export async function openChart(place: HTMLElement): Promise<Chart> {
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
  return chart
}

/** Shows all the points at once. */
export function fit(chart: Chart, points: [number, number][]): void {
  if (!points.length) return
  const [lons, lats] = [points.map((point) => point[0]), points.map((point) => point[1])]
  const low = (numbers: number[]) => numbers.reduce((one, other) => Math.min(one, other))
  const high = (numbers: number[]) => numbers.reduce((one, other) => Math.max(one, other))
  const box: LngLatBoundsLike = [[low(lons), low(lats)], [high(lons), high(lats)]]
  chart.fitBounds(box, { padding: 48, maxZoom: 8, animate: false })
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
