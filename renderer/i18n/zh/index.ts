import { activity } from './activity.ts'
import { drop } from './drop.ts'
import { attributes } from './attributes.ts'
import { basemap } from './basemap.ts'
import { catalogue } from './catalogue.ts'
import { checklists } from './checklists.ts'
import { compare } from './compare.ts'
import { common, history, level, lost, settings, shortcuts, verify } from './common.ts'
import { flip } from './flip.ts'
import { importing } from './importing.ts'
import { layers } from './layers.ts'
import { inbox, library } from './library.ts'
import { look } from './look.ts'
import { map } from './map.ts'
import { mapWords } from './map-words.ts'
import { measure } from './measure.ts'
import { opportunity } from './opportunity.ts'
import { options } from './options.ts'
import { orientation } from './orientation.ts'
import { print } from './print.ts'
import { overlays } from './overlays.ts'
import { panel } from './panel.ts'
import { monitoring, results } from './results.ts'
import { reply } from './reply.ts'
import { rounds } from './rounds.ts'
import { checklist, findings, memo, workbench } from './review.ts'
import { scoring } from './scoring.ts'
import { search } from './search.ts'
import { share } from './share.ts'
import { sheets } from './sheets.ts'
import { sides } from './sides.ts'
import { sign } from './sign.ts'
import { windows } from './windows.ts'

/** Every word of the screen in Chinese. Sentences of errors, indicators and checklists live with those. */
export const zh = {
  common,
  drop,
  activity,
  lost,
  level,
  catalogue,
  compare,
  results,
  monitoring,
  importing,
  flip,
  workbench,
  layers,
  look,
  map,
  mapWords,
  measure,
  opportunity,
  attributes,
  basemap,
  options,
  overlays,
  panel,
  search,
  sheets,
  sides,
  sign,
  rounds,
  share,
  library,
  inbox,
  reply,
  orientation,
  print,
  checklist,
  checklists,
  scoring,
  findings,
  memo,
  verify,
  history,
  settings,
  shortcuts,
  windows,
}
