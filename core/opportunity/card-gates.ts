import { roleInfo } from '../model/roles.ts'
import type { OpportunityCard } from '../indicators/opportunity-cards.ts'
import { formatValue } from '../model/units.ts'
import type { Bilingual } from '../text.ts'

/** A condition that an area meets or fails, with why. */
export interface CardGate {
  id: 'lines' | 'stock' | 'area' | 'score'
  title: Bilingual
  passes: boolean
  reason: Bilingual
}

interface Limits {
  leastAreaHa: number
  cut: number
}

const both = (write: (lang: 'zh' | 'en') => string): Bilingual => ({ zh: write('zh'), en: write('en') })
const area = (areaM2: number, lang: 'zh' | 'en') => formatValue(areaM2, 'ha', lang)

/** The conditions of the rule for one area. What is proposed meets all of them by construction; what is submitted need not. */
export function cardGates(card: OpportunityCard, { leastAreaHa, cut }: Limits): CardGate[] {
  const { redLines, stockM2 = 0, areaM2, score } = card
  const touched = (lang: 'zh' | 'en') =>
    redLines.map(({ layer, areaM2: on }) => `${roleInfo(layer).title[lang]} ${area(on, lang)}`).join(lang === 'zh' ? '、' : ', ')
  const leastM2 = leastAreaHa * 10_000
  return [
    {
      id: 'lines',
      title: { zh: '避让管控线与保护地', en: 'Off control lines and reserves' },
      passes: redLines.length === 0,
      reason: redLines.length === 0 ? { zh: '不触及', en: 'touches none' } : both(touched),
    },
    {
      id: 'stock',
      title: { zh: '位于存量用地', en: 'On stock land' },
      passes: stockM2 > 0,
      reason: both((lang) =>
        stockM2 > 0
          ? `${area(stockM2, lang)}${lang === 'zh' ? '可用' : ' usable'}`
          : lang === 'zh'
            ? '没有可用存量用地'
            : 'no usable stock land',
      ),
    },
    {
      id: 'area',
      title: { zh: '达到最小面积', en: 'Large enough' },
      passes: areaM2 >= leastM2 - 1e-6,
      reason: both((lang) => `${area(areaM2, lang)} ${areaM2 >= leastM2 - 1e-6 ? '≥' : '<'} ${area(leastM2, lang)}`),
    },
    {
      id: 'score',
      title: { zh: '得分达到门槛', en: 'Score at the cut or above' },
      passes: score !== undefined && score >= cut,
      reason:
        score === undefined
          ? { zh: '无法评分', en: 'cannot be scored' }
          : both(() => `${score.toFixed(2)} ${score >= cut ? '≥' : '<'} ${cut.toFixed(2)}`),
    },
  ]
}
