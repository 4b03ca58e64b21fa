// How partners look on the map: what is planned is filled, what is worth a visit is a ring, the rest a small dot.
import type { LayerSpecification } from 'maplibre-gl'
import { beneath, inked } from './basemap'
import type { Colours } from './basemap'

export function marks(paint: Colours): LayerSpecification[] {
  const size = ['interpolate', ['linear'], ['get', 'size'], 0, 5, 1, 12] as never
  return [
    {
      id: 'clusters',
      type: 'circle',
      source: 'partners',
      filter: ['has', 'point_count'],
      paint: {
        'circle-color': paint.paper,
        'circle-stroke-color': paint.accent,
        'circle-stroke-width': 1.5,
        'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'point_count']], 1, 11, 10, 20, 40, 34],
      },
    },
    {
      id: 'cluster-counts',
      type: 'symbol',
      source: 'partners',
      filter: ['has', 'point_count'],
      layout: { 'text-field': ['get', 'point_count_abbreviated'], 'text-font': ['system-ui, sans-serif'], 'text-size': 12, 'text-allow-overlap': true },
      paint: { 'text-color': paint.ink },
    },
    {
      id: 'partners',
      type: 'circle',
      source: 'partners',
      filter: ['!', ['has', 'point_count']],
      paint: {
        'circle-radius': ['match', ['get', 'state'], 'not-worth', 4, size] as never,
        'circle-color': ['match', ['get', 'state'], 'planned', paint.accent, 'worth', paint.paper, paint.quiet],
        'circle-stroke-color': ['match', ['get', 'state'], 'not-worth', paint.paper, paint.accent],
        'circle-stroke-width': ['match', ['get', 'state'], 'worth', 2.5, 1],
      },
    },
    {
      id: 'partner-names',
      type: 'symbol',
      source: 'partners',
      minzoom: 8,
      filter: ['!', ['has', 'point_count']],
      layout: beneath('name', 1.2),
      paint: inked(paint),
    },
  ]
}
