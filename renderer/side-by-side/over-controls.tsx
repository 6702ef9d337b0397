import { Pause, Play, Repeat } from 'lucide-react'
import { useWords } from '../i18n/use-words.ts'
import { IconButton } from '../ui/button.tsx'
import type { Blink } from './use-blink.ts'

/** Stops and starts the turns, and turns by hand; the name of the map on top stands beside it. */
export function BlinkControls({ blink, shown }: { blink: Blink; shown: string }) {
  const { t } = useWords()
  const { isRunning, run, turn } = blink
  const Icon = isRunning ? Pause : Play
  return (
    <div className="row">
      <IconButton size="small" label={t(isRunning ? 'sides.pause' : 'sides.continue')} onPress={() => run(!isRunning)}>
        <Icon className="icon" />
      </IconButton>
      <IconButton size="small" label={t('sides.turn')} onPress={turn} isDisabled={isRunning}>
        <Repeat className="icon" />
      </IconButton>
      <strong aria-live={isRunning ? 'off' : 'polite'}>{shown}</strong>
    </div>
  )
}

/** What the two colours mean. */
export function TwoColourKey({ before, after }: { before: string; after: string }) {
  const { t } = useWords()
  return (
    <p className="row quiet">
      <span className="two-colour two-colour-before" aria-hidden />
      {t('sides.darkerIn', { title: before })}
      <span className="two-colour two-colour-after" aria-hidden />
      {t('sides.darkerIn', { title: after })}
      <span className="two-colour two-colour-both" aria-hidden />
      {t('sides.both')}
    </p>
  )
}
