import { Copy } from 'lucide-react'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { Button } from '../ui/button.tsx'

/** A page in a browser may not name folders of the computer: why, and the command that does it instead. */
export function ChosenElsewhere() {
  const { t } = useWords()
  const toast = useToasts((state) => state.add)
  const command = t('inbox.command')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(command)
      toast({ tone: 'done', text: t('inbox.copied') })
    } catch {
      toast({ tone: 'error', text: t('inbox.notCopied') })
    }
  }
  return (
    <>
      <p className="quiet">{t('inbox.noneBrowser')}</p>
      <p className="inbox-command">
        <code>{command}</code>
        <Button size="small" onPress={() => void copy()}>
          <Copy className="icon" aria-hidden />
          {t('inbox.copyCommand')}
        </Button>
      </p>
      <p className="quiet">{t('inbox.commandNext')}</p>
    </>
  )
}
