import { message, type MessageTable } from './message.ts'

/** Failures of the library of memos and of folders that files come in by. */
export const libraryMessages = {
  'library.gone': (_: Record<string, never>) =>
    message(
      ['资料库中没有这份意见书', '它已从资料库移除，或背靠背评审期间不可查看。', '请返回资料库重新查找。'],
      [
        'This memo is not in the library',
        'It was removed from the library, or a blind round hides it.',
        'Go back to the library and look for it again.',
      ],
    ),
  'inbox.no-folder': (_: Record<string, never>) =>
    message(
      ['尚未指定收件夹', '没有可查看的文件夹。', '请先选择 U 盘或共享文件夹。'],
      ['No inbox folder is chosen', 'There is no folder to look at.', 'Choose a folder on a stick or a network share first.'],
    ),
  'inbox.not-a-folder': (p: { folder: string }) =>
    message(
      [
        '不能用作收件夹',
        `“${p.folder}”不是文件夹，或是浏览器上传的副本，对方放不进文件。`,
        '请在桌面程序中选择文件夹，或用命令 greenprint inbox choose 指定。',
      ],
      [
        'This cannot be an inbox',
        `“${p.folder}” is no folder, or a copy that the browser sent, into which nobody else can put files.`,
        'Choose the folder in the desktop application, or with the command greenprint inbox choose.',
      ],
    ),
  'inbox.changed': (p: { file: string }) =>
    message(
      ['文件在查看后又有改动', `“${p.file}”与刚才核对的内容不同。未并入任何内容。`, '请等待重新核对后再并入。'],
      [
        'The file has changed since it was looked at',
        `“${p.file}” is not what was checked a moment ago. Nothing was brought in.`,
        'Wait until it has been checked again, then bring it in.',
      ],
    ),
  'inbox.nothing': (_: Record<string, never>) =>
    message(
      ['没有可并入的文件', '收件夹中没有新的、核对无误的评审包或意见书。', '请等待文件写完，或查看各文件所列的原因。'],
      [
        'There is nothing to bring in',
        'The folder holds no new package or memo that was found sound.',
        'Wait until files are written whole, or read the reason that stands at each.',
      ],
    ),
  'inbox.cannot-write': (p: { folder: string; problem: string }) =>
    message(
      ['无法写入该文件夹', `“${p.folder}”不可写（${p.problem}）。文件未作改动。`, '请检查共享权限、U 盘写保护和剩余空间。'],
      [
        'The folder cannot be written to',
        `“${p.folder}” refuses (${p.problem}). No file was changed.`,
        'Check the rights of the share, the write protection of the stick, and its free space.',
      ],
    ),
} satisfies MessageTable
