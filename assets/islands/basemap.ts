// The ground under the map: the world's outline, and in its northern gap a finer land with lakes and towns.
import type { StyleSpecification, SymbolLayerSpecification } from 'maplibre-gl'

export type Colours = Record<'sea' | 'land' | 'shore' | 'ink' | 'soft' | 'accent' | 'paper' | 'quiet', string>

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

/** Words beneath a point, left out where they do not fit. */
export function beneath(field: string, down: number): NonNullable<SymbolLayerSpecification['layout']> {
  return {
    'text-field': ['get', field],
    'text-font': ['system-ui, sans-serif'],
    'text-size': 12,
    'text-offset': [0, down],
    'text-anchor': 'top',
    'text-optional': true,
  }
}

/** Words in ink, readable on any ground. */
export function inked(paint: Colours): NonNullable<SymbolLayerSpecification['paint']> {
  return { 'text-color': paint.ink, 'text-halo-color': paint.paper, 'text-halo-width': 1.5 }
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
  return {
    version: 8,
    sources: {
      world: file('world'),
      land: file('land'),
      shore: file('shore'),
      lakes: file('lakes'),
      places: file('places'),
    },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': paint.sea } },
      { id: 'world', type: 'fill', source: 'world', paint: { 'fill-color': paint.land, 'fill-antialias': false } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': paint.land } },
      { id: 'shore', type: 'line', source: 'shore', paint: { 'line-color': paint.shore, 'line-width': 0.6 } },
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
