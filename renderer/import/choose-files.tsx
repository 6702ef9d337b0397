import { FolderOpen, FolderUp } from 'lucide-react'
import type { FileToken } from '#core/model/ids.ts'
import type { useChooseFiles } from '../api/use-choose-files.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { DropZone } from './drop-zone.tsx'

interface ChooseFilesProps {
  choose: ReturnType<typeof useChooseFiles>
  onChosen: (files: FileToken) => void
}

/** The first step: files or a folder, dropped or chosen. */
export function ChooseFiles({ choose, onChosen }: ChooseFilesProps) {
  const { t } = useWords()
  return (
    <DropZone choose={choose} onChosen={onChosen} icon={FolderUp} title={t('importing.dropTitle')} text={t('importing.dropText')}>
      {(pass) => (
        <>
          <Button look="primary" size="large" onPress={() => pass(choose.pick('files'))} isDisabled={choose.busy}>
            {t('importing.pickFiles')}
          </Button>
          <Button size="large" onPress={() => pass(choose.pick('folder'))} isDisabled={choose.busy}>
            <FolderOpen className="icon" aria-hidden />
            {t('importing.pickFolder')}
          </Button>
        </>
      )}
    </DropZone>
  )
}
