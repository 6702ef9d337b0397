import type { Bilingual } from '../text.ts'
import { message, type MessageTable } from './message.ts'

/** Failures of the catalogue folder and what is stored in it. */
export const catalogueMessages = {
  'catalogue.not-found': (p: { what: string }) =>
    message(
      ['找不到该记录', `目录库中没有“${p.what}”。它可能已被删除。`, '请刷新列表后重试。'],
      ['Not found', `“${p.what}” is not in the catalogue. It may have been removed.`, 'Refresh the list and try again.'],
    ),
  'catalogue.locked': (p: { dir: string }) =>
    message(
      [
        '目录库正在使用',
        `另一个绿图程序正在使用“${p.dir}”。同一目录库同一时间只能由一个程序写入。`,
        '请切换到已打开的窗口，或将其关闭后重试。',
      ],
      [
        'The catalogue is in use',
        `Another Greenprint is using “${p.dir}”. Only one program may write a catalogue at a time.`,
        'Go to the window that is already open, or close it and try again.',
      ],
    ),
  'catalogue.network-folder': (p: { dir: string; kind: string }) =>
    message(
      [
        '目录库不能放在网络盘上',
        `“${p.dir}”位于网络或虚拟文件系统（${p.kind}），断线时可能损坏数据。`,
        '请把目录库放在本机磁盘；与其他科室交换请使用评审包。',
      ],
      [
        'A catalogue cannot live on a network drive',
        `“${p.dir}” is on a network or virtual file system (${p.kind}), where a lost connection can damage it.`,
        'Choose a folder on a local disk, and exchange work with other offices by review packages.',
      ],
    ),
  'catalogue.bad-path': (p: { path: string }) =>
    message(
      ['文件夹名称不可用', `“${p.path}”的末尾有空格，或含有不可用的字符。`, '请选择或新建另一个文件夹。'],
      [
        'This folder name cannot be used',
        `“${p.path}” ends with a space or holds a character that cannot be used.`,
        'Choose or make another folder.',
      ],
    ),
  'catalogue.not-a-catalogue': (p: { file: string }) =>
    message(
      ['不是绿图目录库', `“${p.file}”不是绿图的数据文件，未作任何改动。`, '请选择其他文件夹，或移走该文件。'],
      [
        'Not a Greenprint catalogue',
        `“${p.file}” is not a file of Greenprint's; it was left untouched.`,
        'Choose another folder, or move that file away.',
      ],
    ),
  'catalogue.newer': (p: { found: number; known: number }) =>
    message(
      [
        '目录库由更新的版本创建',
        `目录库的版本为 ${p.found}，本程序只认识到 ${p.known}，因此以只读方式打开。`,
        '请安装新版绿图后再作修改。',
      ],
      [
        'Made by a newer Greenprint',
        `The catalogue has version ${p.found}; this program knows up to ${p.known}, so it was opened for reading only.`,
        'Install the newer Greenprint to make changes.',
      ],
    ),
  'catalogue.newer-unreadable': (p: { found: number; known: number }) =>
    message(
      [
        '本版本无法读取该目录库',
        `目录库的版本为 ${p.found}，本程序只认识到 ${p.known}，内容结构已改变。`,
        '请安装新版绿图后打开。',
      ],
      [
        'This version cannot read the catalogue',
        `The catalogue has version ${p.found}; this program knows up to ${p.known} and its tables have changed.`,
        'Install the newer Greenprint to open it.',
      ],
    ),
  'catalogue.unwritable': (p: { dir: string }) =>
    message(
      [
        '文件夹不可写',
        `没有写入“${p.dir}”的权限，或磁盘为只读，因此只能查看、不能保存。`,
        '请检查文件夹权限，或改用其他文件夹。',
      ],
      [
        'The folder cannot be written',
        `“${p.dir}” is write-protected or on a read-only disk, so plans can be looked at but nothing can be saved.`,
        "Check the folder's permissions, or use another folder.",
      ],
    ),
  'catalogue.read-only': (p: { reason: Bilingual }) =>
    message(
      ['目录库以只读方式打开', p.reason.zh, '排除原因后重新打开绿图，再作修改。'],
      ['The catalogue is open for reading only', p.reason.en, 'Remove the cause, open Greenprint again, then make the change.'],
    ),
  'catalogue.damaged': (p: { problem: string; backups: number }) =>
    message(
      [
        '目录库已损坏',
        `检查发现：${p.problem}。文件未作任何改动。`,
        p.backups > 0
          ? `现有 ${p.backups} 份经过验证的备份，请从最近一份恢复。`
          : '没有可用的备份，请保留该文件夹并联系维护人员。',
      ],
      [
        'The catalogue is damaged',
        `The check found: ${p.problem}. The file was left untouched.`,
        p.backups > 0
          ? `${p.backups} verified backups exist: restore the latest.`
          : 'There is no backup: keep the folder and call for support.',
      ],
    ),
  'catalogue.missing': (p: { dir: string; backups: number }) =>
    message(
      ['目录库文件不见了', `“${p.dir}”中没有数据文件，但有 ${p.backups} 份备份。`, '请从最近一份备份恢复，或把原文件移回原处。'],
      [
        'The catalogue file is gone',
        `“${p.dir}” holds no catalogue, but ${p.backups} backups of one.`,
        'Restore the latest backup, or put the file back in its place.',
      ],
    ),
  'catalogue.disk-full': (p: { dir: string }) =>
    message(
      ['磁盘已满', `“${p.dir}”所在磁盘没有空间，本次修改未保存。此前的内容都完好。`, '请清理磁盘空间后重试。'],
      [
        'The disk is full',
        `There is no room left on the disk of “${p.dir}”; this change was not saved. Everything before it is safe.`,
        'Free some space and try again.',
      ],
    ),
  'catalogue.disk-error': (p: { problem: string }) =>
    message(
      [
        '磁盘读写出错',
        `磁盘报告错误（${p.problem}），重新打开后确认本次修改未保存。此前的内容都完好。`,
        '请检查磁盘或连接线，然后重试。',
      ],
      [
        'The disk reported an error',
        `The disk failed (${p.problem}). Looking again shows that this change was not saved; everything before it is safe.`,
        'Check the disk or its cable, then try again.',
      ],
    ),
  'catalogue.backup-failed': (p: { file: string; problem: string }) =>
    message(
      ['备份未通过验证', `备份“${p.file}”不可用：${p.problem}。`, '原有内容和较早的备份不受影响；请检查磁盘后重试。'],
      [
        'The backup did not pass its check',
        `Backup “${p.file}” cannot be used: ${p.problem}.`,
        'The catalogue and earlier backups are not affected; check the disk and try again.',
      ],
    ),
  'history.nothing-to-undo': (_: Record<string, never>) =>
    message(
      ['没有可撤销的操作', '所有操作都已撤销。', '可以继续编辑。'],
      ['Nothing to undo', 'Every step has been undone already.', 'Carry on editing.'],
    ),
  'history.nothing-to-redo': (_: Record<string, never>) =>
    message(
      ['没有可重做的操作', '上次撤销之后又有了新的修改，或没有撤销过。', '可以继续编辑。'],
      ['Nothing to redo', 'Nothing was undone, or a newer change took its place.', 'Carry on editing.'],
    ),
  'history.conflict': (p: { what: string }) =>
    message(
      ['无法撤销或重做', `“${p.what}”与该步骤留下的内容不一致。未作任何更改。`, '请直接修改该内容。'],
      [
        'This step cannot be undone or redone',
        `“${p.what}” is no longer as that step left it. Nothing was changed.`,
        'Edit it directly instead.',
      ],
    ),
  'history.cannot-restore': (p: { what: string }) =>
    message(
      ['这一步不能单独恢复', `“${p.what}”不是评分或意见，不能单独恢复到从前。未作任何更改。`, '请用“撤销”逐步退回。'],
      [
        'This step cannot be brought back alone',
        `“${p.what}” is neither a score nor a finding. Nothing was changed.`,
        'Use undo, step by step, instead.',
      ],
    ),
} satisfies MessageTable
