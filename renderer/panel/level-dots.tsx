import { Button, Tooltip, TooltipTrigger } from 'react-aria-components'
import type { Disagreement } from '#core/review/consensus.ts'
import { useWords } from '../i18n/use-words.ts'
import { useNameList } from './expert-name.ts'
import { groupsOf, type Group } from './standing.ts'

const TOP_LEVEL = 4
const TICKS = [0, 1, 2, 3, 4] as const

function useGroupWords() {
  const { t } = useWords()
  const list = useNameList()
  return ({ says, names }: Group) => {
    if (says === 'out') return t('panel.dotOut', { people: names.length, names: list(names) })
    if (says === 'none') return t('panel.dotNone', { people: names.length, names: list(names) })
    return t('panel.dot', { level: says, people: names.length, names: list(names) })
  }
}

/** Those of one opinion as a dot with their number; their names come on focus and hover. */
function Dot({ group, isMedian }: { group: Group; isMedian: boolean }) {
  const { t } = useWords()
  const words = useGroupWords()(group)
  const { says, names } = group
  const isOnScale = typeof says === 'number'
  const look = isOnScale ? `dot level-${says}${isMedian ? ' median' : ''}` : `dot aside ${says}`
  return (
    <TooltipTrigger delay={150}>
      <Button className={look} aria-label={words} style={isOnScale ? { left: `${(says / TOP_LEVEL) * 100}%` } : {}}>
        {isOnScale ? names.length : `${t(says === 'out' ? 'panel.out' : 'panel.noLevel')} ${names.length}`}
      </Button>
      <Tooltip className="tooltip" offset={6}>
        {words}
      </Tooltip>
    </TooltipTrigger>
  )
}

/** Where the experts stand on the scale of levels; beside it those who gave none. The median has a ring. */
export function LevelDots({ standing }: { standing: Disagreement }) {
  const groups = groupsOf(standing)
  const onScale = groups.filter(({ says }) => typeof says === 'number')
  const aside = groups.filter(({ says }) => typeof says !== 'number')
  return (
    <div className="dots">
      <div className="dots-scale">
        {TICKS.map((tick) => (
          <span key={tick} className="tick" style={{ left: `${(tick / TOP_LEVEL) * 100}%` }} aria-hidden />
        ))}
        {onScale.map((group) => (
          <Dot key={group.says} group={group} isMedian={group.says === standing.median} />
        ))}
      </div>
      {aside.map((group) => (
        <Dot key={group.says} group={group} isMedian={false} />
      ))}
    </div>
  )
}
