import CircleStyle from 'ol/style/Circle'
import Fill from 'ol/style/Fill'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'

/** A white halo under a strong line: seen on every land-use colour. */
export const haloed = (colour: string, fill: string, discPx = 7, widthPx = 3): Style[] => [
  new Style({ stroke: new Stroke({ color: '#FFFFFF', width: 2 * widthPx }), zIndex: 1 }),
  new Style({
    stroke: new Stroke({ color: colour, width: widthPx }),
    fill: new Fill({ color: fill }),
    image: new CircleStyle({
      radius: discPx,
      fill: new Fill({ color: colour }),
      stroke: new Stroke({ color: '#FFFFFF', width: 2 }),
    }),
    zIndex: 2,
  }),
]

/** What the person chose in a list or on the map. */
export const CHOSEN = haloed('#1A1A1A', 'rgba(0, 0, 0, 0)')

/** The same for outlines so long and winding that a strong line would hide what it outlines. */
export const CHOSEN_FINE = haloed('#1A1A1A', 'rgba(0, 0, 0, 0)', 5, 1.2)
