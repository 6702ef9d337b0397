import { ChevronDown, FileCode2, FileDown, FileSpreadsheet, FileText, Globe, MapPinned, Package, PenLine } from 'lucide-react'
import { useState } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import type { ExportedFile, Input } from '#core/contract/procedures.ts'
import type { Signing } from '#core/contract/sign-procedures.ts'
import type { ReviewId } from '#core/model/ids.ts'
import type { Plan } from '#core/model/plan.ts'
import type { MemoLang, MemoOptions } from '#core/memo/memo-options.ts'
import type { Lang } from '#core/text.ts'
import { download, pickSaveTarget } from '../api/shell.ts'
import { useFileExport } from '../api/use-file-export.ts'
import { useCommand } from '../api/use-api.tsx'
import { formatBytes } from '../format/format.ts'
import { planName } from '../format/plan-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { SignDialog } from '../sign/sign-dialog.tsx'
import { useToasts } from '../state/toasts.ts'
import { Button } from '../ui/button.tsx'

type Format = Input<'memo.export'>['format']

/** A file name that every system takes: what none of them allows becomes a dash. */
export const memoFileName = (plan: string, lang: Lang, format: Format): string =>
  `${plan.replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-').slice(0, 80)}-${lang === 'zh' ? '审查意见书' : 'memo'}.${format}`

function Exported({ file }: { file: ExportedFile }) {
  const { t, lang } = useWords()
  return (
    <>
      <p>{t('memo.exported', { file: file.fileName, size: formatBytes(file.sizeBytes, lang) })}</p>
      <p className="code quiet">{t('memo.sha', { sha: file.sha256 })}</p>
    </>
  )
}

/** Writes the memo in a format and says what came out, with the hash that identifies it. */
export function useMemoExport(
  reviewId: ReviewId | null,
  memoLang: MemoLang,
  plan: Plan | null,
  { options, withPlan }: { options: MemoOptions; withPlan: boolean },
) {
  const { t } = useWords()
  const lang: Lang = memoLang === 'en' ? 'en' : 'zh'
  const command = useCommand('memo.export')
  const toast = useToasts((state) => state.add)
  const findings = useFileExport('findings.export')
  const [failure, setFailure] = useState<unknown>(null)
  const start = async (format: Format, sign?: Signing): Promise<boolean> => {
    if (reviewId === null) return false
    setFailure(null)
    const target = await pickSaveTarget(memoFileName(plan ? planName(plan, lang) : 'greenprint', lang, format))
    if (target.kind === 'cancelled') return false
    const done = await command.run({
      reviewId,
      lang: memoLang,
      options,
      format,
      ...(withPlan && CARRYING.includes(format) && { withPlan }),
      ...(sign && { sign }),
      target: target.kind === 'chosen' ? target.token : null,
    })
    if (!done) return false
    try {
      await download(done.output)
      toast({ tone: 'done', text: <Exported file={done.output} /> })
      return true
    } catch (error) {
      setFailure(error)
      return false
    }
  }
  const startTable = (format: 'csv' | 'xlsx') =>
    reviewId === null
      ? undefined
      : void findings.start(`${plan ? planName(plan, lang) : 'greenprint'}-${t('memo.findingsFile')}.${format}`, {
          reviewId,
          findingIds: null,
          format,
        })
  const reset = () => {
    setFailure(null)
    command.reset()
    findings.reset()
  }
  const running = findings.busy ? findings : command
  const { busy, progress, cancel } = running
  return { busy, progress, cancel, error: command.error ?? findings.error ?? failure, reset, start, startTable }
}

/** Formats that can carry the plan's data. */
const CARRYING: readonly Format[] = ['pdf', 'greenprint']

const TABLES = [
  { id: 'xlsx', icon: FileSpreadsheet, words: 'memo.exportFindingsXlsx' },
  { id: 'csv', icon: FileSpreadsheet, words: 'memo.exportFindingsCsv' },
] as const

const OTHERS = [
  { id: 'docx', icon: FileText, words: 'memo.exportDocx' },
  { id: 'html', icon: Globe, words: 'memo.exportHtml' },
  { id: 'json', icon: FileCode2, words: 'memo.exportJson' },
  { id: 'gpkg', icon: MapPinned, words: 'memo.exportGpkg' },
  { id: 'greenprint', icon: Package, words: 'share.sidecar' },
] as const

const SIGNED = 'signed'

/** PDF in one press; the other formats one menu away. */
export function ExportMenu({ exporting, disabled }: { exporting: ReturnType<typeof useMemoExport>; disabled: boolean }) {
  const { t } = useWords()
  const [isSigning, setSigning] = useState(false)
  const off = disabled || exporting.busy
  const closeSigning = () => {
    setSigning(false)
    exporting.reset()
  }
  return (
    <>
      <Button look="primary" onPress={() => void exporting.start('pdf')} isDisabled={off}>
        <FileDown className="icon" aria-hidden />
        {t('memo.exportPdf')}
      </Button>
      <MenuTrigger>
        <Button isDisabled={off}>
          {t('memo.export')}
          <ChevronDown className="icon" aria-hidden />
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu
            className="menu"
            onAction={(key) => {
              if (key === SIGNED) setSigning(true)
              const chosen = OTHERS.find(({ id }) => id === key)
              if (chosen) void exporting.start(chosen.id)
              const table = TABLES.find(({ id }) => id === key)
              if (table) exporting.startTable(table.id)
            }}
          >
            <MenuItem id={SIGNED} className="menu-item" textValue={t('sign.menu')}>
              <PenLine className="icon" aria-hidden />
              {t('sign.menu')}
            </MenuItem>
            {[...OTHERS, ...TABLES].map(({ id, icon: Icon, words }) => (
              <MenuItem key={id} id={id} className="menu-item" textValue={t(words)}>
                <Icon className="icon" aria-hidden />
                {t(words)}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      {isSigning && (
        <SignDialog
          title={t('sign.memoTitle')}
          intro={t('sign.memoIntro')}
          act={{ ...exporting, run: (signing) => exporting.start('pdf', signing) }}
          onClose={closeSigning}
        />
      )}
    </>
  )
}
