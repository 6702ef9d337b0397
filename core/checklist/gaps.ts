import type { Measurement } from '../model/measurement.ts'
import { layerNeed } from '../reference/layer-needs.ts'
import type { Bilingual } from '../text.ts'
import type { ChecklistItem } from './schema.ts'

/** "人口、公园与绿地" / "Population; Parks and green space". */
function listNeeds(needs: readonly string[]): Bilingual {
  const titles = needs.flatMap((need) => layerNeed(need)?.title ?? [])
  return { zh: titles.map(({ zh }) => zh).join('、'), en: titles.map(({ en }) => en).join('; ') }
}

/** What stands between this item and a level: missing data, or a reviewer's reading. */
export function describeGap(item: ChecklistItem, measurement: Measurement | undefined): Bilingual {
  const needs = listNeeds(item.needs)
  if (item.rule === null) {
    const readsText = item.evidence.every((kind) => kind === 'document')
    return readsText
      ? {
          zh: '需由评审人查阅规划文本后选定等级，并注明依据页码。',
          en: 'A reviewer must read the plan documents, choose a level and cite the page.',
        }
      : {
          zh: `本版本不自动计算此项，需由评审人选定等级并说明理由；核对所需资料：${needs.zh}。`,
          en: `This version does not measure the item: a reviewer must choose a level with a reason. Material to check: ${needs.en}.`,
        }
  }
  if (measurement === undefined)
    return { zh: `指标尚未计算；所需资料：${needs.zh}。`, en: `Not measured yet. It needs: ${needs.en}.` }
  const { outcome } = measurement
  if (outcome.kind === 'missing') {
    const missing = listNeeds(outcome.needs)
    // Needs that are no kind of data (a year, a quota) are already named by the sentence.
    if (missing.zh === '') return outcome.why
    return { zh: `${outcome.why.zh}（所需资料：${missing.zh}）`, en: `${outcome.why.en} (needs: ${missing.en})` }
  }
  return {
    zh: `已有测算结果，但不足以对应任何等级，需由评审人选定等级并说明理由；核对所需资料：${needs.zh}。`,
    en: `Measured, but the facts fit no level yet: a reviewer must choose one with a reason. Material to check: ${needs.en}.`,
  }
}
