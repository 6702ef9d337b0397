import { bilingual, type Bilingual } from '../text.ts'

/** What notes say to the reviewer alone: where to answer a question. The page for the submitting office leaves it out. */
export const NAME_THE_CRS = bilingual('：请在清单或对话框中指定坐标系', ': name the CRS in the manifest or dialog')
export const MAP_THE_CLASSES = bilingual('可在导入对话框或清单的 classes 中指定。', ' Map them in the dialog or under classes.')

/** A note's sentence without them. */
export const withoutAsides = (text: Bilingual): Bilingual =>
  [NAME_THE_CRS, MAP_THE_CLASSES].reduce(
    ({ zh, en }, aside) => bilingual(zh.replace(aside.zh, ''), en.replace(aside.en, '')),
    text,
  )
