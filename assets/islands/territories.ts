// Territories on the map: every partner in its PAM's shape, colour and letter; those that change hands with a ring and both
// letters; a house at each PAM's home. No request leaves this host.
import { Popup } from 'maplibre-gl'
import type { Map as Chart } from 'maplibre-gl'
import { beneath, colours, inked } from './basemap'
import { fit, openChart } from './chart'

interface Sign {
  letter: string
  shape: string
  colour: string
}

interface Spot {
  id: number
  name: string
  at: [number, number]
  sign: number
  from: number | null
  moved: boolean
  words: string
}

interface Drawing {
  signs: Sign[]
  homes: { sign: number; name: string; at: [number, number] }[]
  partners: Spot[]
}

const SIDE = 20
const SHARPNESS = 2
const HOUSE = 'M10 1 19 9v10H1V9z'

const place = document.querySelector<HTMLElement>('#map[data-territories]')
if (place) void start(place)

async function start(place: HTMLElement): Promise<void> {
  const chart = await openChart(place)
  const answer = await fetch(place.dataset['territories'] ?? '')
  const drawing = answer.ok ? ((await answer.json()) as Drawing) : { signs: [], homes: [], partners: [] }
  drawing.signs.forEach((sign, n) => {
    chart.addImage(`sign-${n}`, drawn(sign.shape, sign), { pixelRatio: SHARPNESS })
    chart.addImage(`home-${n}`, drawn(HOUSE, sign), { pixelRatio: SHARPNESS })
  })
  partners(chart, place, drawing)
  homes(chart, place, drawing)
  fit(chart, [...drawing.partners, ...drawing.homes].map((one) => one.at))
  answerPointer(chart, place)
  place.dataset['moved'] = String(drawing.partners.filter((one) => one.moved).length)
  place.dataset['ready'] = 'yes'
}

function drawn(shape: string, sign: Sign): ImageData {
  const side = SIDE * SHARPNESS
  const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side })
  const pen = canvas.getContext('2d')
  if (!pen) return new ImageData(side, side)
  pen.scale(SHARPNESS, SHARPNESS)
  pen.fillStyle = sign.colour
  pen.fill(new Path2D(shape))
  pen.fillStyle = '#fff'
  pen.font = `650 ${sign.letter.length > 1 ? 8 : 10}px system-ui, sans-serif`
  pen.textAlign = 'center'
  pen.fillText(sign.letter, SIDE / 2, 13.6)
  return pen.getImageData(0, 0, side, side)
}

function partners(chart: Chart, place: HTMLElement, { partners, signs }: Drawing): void {
  const paint = colours(place)
  const letter = (n: number | null) => (n === null ? '–' : (signs[n]?.letter ?? ''))
  const features = partners.map((one) => ({
    type: 'Feature',
    properties: {
      id: one.id,
      name: one.name,
      words: one.words,
      image: `sign-${one.sign}`,
      moved: one.moved,
      change: one.moved ? `${letter(one.from)}→${letter(one.sign)}` : '',
    },
    geometry: { type: 'Point', coordinates: one.at },
  }))
  chart.addSource('partners', { type: 'geojson', data: { type: 'FeatureCollection', features } as never })
  chart.addLayer({
    id: 'staying',
    type: 'symbol',
    source: 'partners',
    filter: ['!', ['get', 'moved']],
    layout: {
      'icon-image': ['get', 'image'],
      'icon-size': ['interpolate', ['linear'], ['zoom'], 4, 0.5, 8, 0.85],
      'icon-allow-overlap': true,
    },
    paint: { 'icon-opacity': 0.75 },
  })
  chart.addLayer({
    id: 'rings',
    type: 'circle',
    source: 'partners',
    filter: ['get', 'moved'],
    paint: { 'circle-radius': 14, 'circle-color': paint.paper, 'circle-stroke-color': paint.ink, 'circle-stroke-width': 2 },
  })
  chart.addLayer({
    id: 'moved',
    type: 'symbol',
    source: 'partners',
    filter: ['get', 'moved'],
    layout: {
      'icon-image': ['get', 'image'],
      'icon-allow-overlap': true,
      ...beneath('change', 1.3),
    },
    paint: inked(paint),
  })
}

function homes(chart: Chart, place: HTMLElement, { homes }: Drawing): void {
  const paint = colours(place)
  const features = homes.map((one) => ({
    type: 'Feature',
    properties: { name: one.name, image: `home-${one.sign}` },
    geometry: { type: 'Point', coordinates: one.at },
  }))
  chart.addSource('homes', { type: 'geojson', data: { type: 'FeatureCollection', features } as never })
  chart.addLayer({
    id: 'homes',
    type: 'symbol',
    source: 'homes',
    layout: {
      'icon-image': ['get', 'image'],
      'icon-size': 1.2,
      'icon-allow-overlap': true,
      ...beneath('name', 1.1),
    },
    paint: inked(paint),
  })
}

function answerPointer(chart: Chart, place: HTMLElement): void {
  for (const layer of ['staying', 'moved']) {
    chart.on('click', layer, (event) => {
      const partner = event.features?.[0]
      if (!partner) return
      const { id, name, words } = partner.properties as { id: number; name: string; words: string }
      const [card, link, line] = [document.createElement('div'), document.createElement('a'), document.createElement('p')]
      link.href = `/partners/${id}`
      link.textContent = name
      line.textContent = words
      card.append(link, line)
      new Popup({ maxWidth: '260px', offset: 10 }).setLngLat(event.lngLat).setDOMContent(card).addTo(chart)
      place.dataset['shown'] = String(id)
    })
    chart.on('mouseenter', layer, () => (chart.getCanvas().style.cursor = 'pointer'))
    chart.on('mouseleave', layer, () => (chart.getCanvas().style.cursor = ''))
  }
}
