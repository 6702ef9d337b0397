import { ArrowDownRight, ArrowUpRight, Copy, Lightbulb, MapPin } from 'lucide-react'
import { useState } from 'react'
import type { FlipResult, Found, FoundChange, SideEffect } from '#core/flip/result.ts'
import {
  cautionWords,
  changeWords,
  effectGroups,
  effectWords,
  flipLines,
  foundWords,
  gainWords,
  leastWords,
  nameOf,
  nothingWords,
  type Reading,
} from '#core/flip/words.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { Button } from '../ui/button.tsx'
import { useFlips } from './flip-store.ts'

const PAGE = 8

function ChangeRow({ change, reading }: { change: FoundChange; reading: Reading }) {
  const { t, say } = useWords()
  const show = useFlips((state) => state.show)
  const name = say(nameOf(change))
  return (
    <li className="evidence-row">
      <Button look="link" aria-label={t('flip.showOne', { feature: name })} onPress={() => show([change])}>
        <MapPin className="icon" aria-hidden />
        {name}
      </Button>
      <span className="quiet">{say(changeWords(change, reading.areaUnit))}</span>
    </li>
  )
}

function Changes({ found, reading }: { found: Found; reading: Reading }) {
  const { t } = useWords()
  const show = useFlips((state) => state.show)
  const [listed, setListed] = useState(PAGE)
  const more = Math.min(PAGE * 4, found.changes.length - listed)
  return (
    <>
      <div className="row">
        <h5>{t('flip.changes')}</h5>
        <span className="spacer" />
        <Button size="small" onPress={() => show(found.changes)}>
          <Lightbulb className="icon" aria-hidden />
          {t('flip.showAll')}
        </Button>
      </div>
      <ul className="evidence">
        {found.changes.slice(0, listed).map((change, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- changes have no name of their own and never move
          <ChangeRow key={at} change={change} reading={reading} />
        ))}
      </ul>
      {more > 0 && (
        <div>
          <Button look="link" onPress={() => setListed(listed + more)}>
            {t('flip.more', { count: more })}
          </Button>
        </div>
      )}
    </>
  )
}

function Effects({ effects }: { effects: readonly SideEffect[] }) {
  const { t, lang, say } = useWords()
  const { worse, better, within } = effectGroups(effects)
  if (effects.length === 0) return <p className="quiet">{t('flip.noEffects')}</p>
  const group = (title: string, list: readonly SideEffect[], Icon: typeof ArrowUpRight) =>
    list.length > 0 && (
      <div>
        <h5>{title}</h5>
        <ul className="flip-effects">
          {list.map((effect) => (
            <li key={effect.item}>
              <Icon className="icon" aria-hidden />
              {say(effectWords(effect))}
            </li>
          ))}
        </ul>
      </div>
    )
  return (
    <>
      {worse.length > 0 && <div className="notice warn">{group(t('flip.worse'), worse, ArrowDownRight)}</div>}
      {group(t('flip.better'), better, ArrowUpRight)}
      {within.length > 0 && (
        <p className="quiet">{t('flip.within', { items: within.map(({ item }) => item).join(lang === 'zh' ? '、' : ', ') })}</p>
      )}
    </>
  )
}

function Gains({ found, reading }: { found: Found; reading: Reading }) {
  const { t, say } = useWords()
  if (found.gains.length === 0) return null
  return (
    <details className="parts">
      <summary>{t('flip.gains', { count: found.gainedFeatures })}</summary>
      <ul className="flip-gains">
        {found.gains.map((gain) => (
          <li key={`${gain.layer} ${gain.fid}`}>{say(gainWords(gain, found, reading.areaUnit))}</li>
        ))}
      </ul>
    </details>
  )
}

/** Copies what a result says, as lines of text, in the language of the screen. */
function CopyButton({ result, reading }: { result: FlipResult; reading: Reading }) {
  const { t, say } = useWords()
  const toast = useToasts((state) => state.add)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(flipLines(result, reading).map(say).join('\n'))
      toast({ tone: 'done', text: t('flip.copied') })
    } catch {
      toast({ tone: 'error', text: t('flip.copyFailed') })
    }
  }
  return (
    <Button size="small" onPress={() => void copy()}>
      <Copy className="icon" aria-hidden />
      {t('flip.copy')}
    </Button>
  )
}

/** What a search came to: a sentence, the changes, who gains, what else it does, and that it is no promise. */
export function FlipResultView({ result, reading }: { result: FlipResult; reading: Reading }) {
  const { say } = useWords()
  if (result.state === 'no-search') return <p className="quiet">{say(result.because)}</p>
  const least = leastWords(result, reading.areaUnit)
  return (
    <div className="flip-result" role="status">
      <p>{say(result.state === 'found' ? foundWords(result, reading) : nothingWords(result, reading))}</p>
      {least && <p className="quiet">{say(least)}</p>}
      {result.state === 'found' && (
        <>
          <Changes found={result} reading={reading} />
          <Gains found={result} reading={reading} />
          <Effects effects={result.sideEffects} />
          <p className="notice">{say(cautionWords(result))}</p>
        </>
      )}
      <div>
        <CopyButton result={result} reading={reading} />
      </div>
    </div>
  )
}
