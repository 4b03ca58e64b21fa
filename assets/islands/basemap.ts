// The ground under the map: the world's outline, and over the north a finer land with lakes and towns.
import type { StyleSpecification } from 'maplibre-gl'

export type Colours = Record<'sea' | 'land' | 'shore' | 'ink' | 'soft' | 'accent' | 'paper' | 'quiet', string>

// The finer land is clipped to this box; within it the coarse outline is covered by sea first.
const [WEST, EAST, SOUTH, NORTH] = [4.645, 32.5, 53.5, 71.165]

export function colours(place: HTMLElement): Colours {
  const probe = document.createElement('span')
  place.append(probe)
  const names = ['sea', 'land', 'shore', 'ink', 'soft', 'accent', 'paper', 'quiet'] as const
  const found = names.map((name) => {
    probe.style.color = `var(--map-${name})`
    return [name, plain(getComputedStyle(probe).color)]
  })
  probe.remove()
  return Object.fromEntries(found) as Colours
}

// MapLibre reads rgb(); a canvas turns any CSS colour into it.
function plain(colour: string): string {
  const pen = document.createElement('canvas').getContext('2d')
  if (!pen) return colour
  pen.fillStyle = colour
  pen.fillRect(0, 0, 1, 1)
  const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data
  return `rgb(${red}, ${green}, ${blue})`
}

export function basemap(assets: string, paint: Colours): StyleSpecification {
  const file = (name: string) => ({ type: 'geojson' as const, data: new URL(`${assets}${name}.json`, location.href).href })
  const box = [[WEST, SOUTH], [EAST, SOUTH], [EAST, NORTH], [WEST, NORTH], [WEST, SOUTH]]
  const fine = { type: 'Feature' as const, properties: {}, geometry: { type: 'Polygon' as const, coordinates: [box] } }
  return {
    version: 8,
    sources: {
      world: file('world'),
      fine: { type: 'geojson', data: fine },
      land: file('land'),
      lakes: file('lakes'),
      places: file('places'),
    },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': paint.sea } },
      { id: 'world', type: 'fill', source: 'world', paint: { 'fill-color': paint.land } },
      { id: 'fine', type: 'fill', source: 'fine', paint: { 'fill-color': paint.sea, 'fill-antialias': false } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': paint.land } },
      { id: 'shore', type: 'line', source: 'land', paint: { 'line-color': paint.shore, 'line-width': 0.6 } },
      { id: 'lakes', type: 'fill', source: 'lakes', paint: { 'fill-color': paint.sea } },
      {
        id: 'places',
        type: 'symbol',
        source: 'places',
        filter: ['<=', ['get', 'rank'], ['step', ['zoom'], 3, 4, 6, 5, 8, 6.5, 10]],
        layout: {
          'text-field': ['get', 'name'],
          'text-font': ['system-ui, sans-serif'],
          'text-size': ['interpolate', ['linear'], ['zoom'], 3, 10, 8, 13],
          'symbol-sort-key': ['get', 'rank'],
        },
        paint: { 'text-color': paint.soft, 'text-halo-color': paint.land, 'text-halo-width': 1.2 },
      },
    ],
  }
}
