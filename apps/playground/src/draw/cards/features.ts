/** The card with the filters of a ConvNet and what they make of the drawing. */
import type { DrawTexts } from '../../i18n/draw.ts'
import type { FeatureMaps, WeightImages } from '../../train/protocol.ts'
import { el } from '../../ui/el.ts'
import { type ColorTables, paintImages } from '../../ui/pixels.ts'
import { card } from '../../ui/widgets.ts'

/** Filters and maps stand at the same places of their pictures. */
const LAYOUT = { perRow: 6, gap: 1 }

/** The filters of the first convolution and, for a drawing, their feature maps; hidden if the network has none. */
export function featuresCard(t: DrawTexts) {
  const picture = (caption: string, kind: string) => {
    const canvas = el('canvas', { class: `pixels ${kind}`, role: 'img', width: 1, height: 1 })
    return { canvas, figure: el('figure', {}, canvas, el('figcaption', { class: 'note' }, caption)) }
  }
  const filters = picture(t.filters, 'filters')
  const maps = picture(t.maps, 'maps')
  const element = card(
    t.features,
    'features',
    el('p', { class: 'lead' }, t.featuresLead),
    el('div', { class: 'pictures' }, filters.figure, maps.figure),
  )
  let painted: { weights?: WeightImages; features?: FeatureMaps; colors?: ColorTables } = {}

  function update(
    weights: WeightImages | undefined,
    features: FeatureMaps | undefined,
    colors: ColorTables,
  ): void {
    element.hidden = !weights || !features
    if (!weights || !features) return
    if (painted.weights !== weights || painted.colors !== colors) {
      paintImages(filters.canvas, weights.levels, colors.diverging, { ...weights, ...LAYOUT })
      filters.canvas.setAttribute('aria-label', t.filtersLabel(String(weights.units)))
    }
    if (painted.features !== features || painted.colors !== colors) {
      paintImages(maps.canvas, features.levels, colors.ink, { ...features, ...LAYOUT })
      maps.canvas.setAttribute('aria-label', t.mapsLabel(String(features.count)))
    }
    painted = { weights, features, colors }
  }
  return { element, update }
}
