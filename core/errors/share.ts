import { message, type MessageTable } from './message.ts'

/** Failures of packages that travel between offices and of bringing them together. */
export const shareMessages = {
  'share.not-a-package': (p: { file: string }) =>
    message(
      [
        '不是绿图评审包',
        `“${p.file}”不是 .greenprint 评审包，或开头已损坏。未读入任何内容。`,
        '请向对方确认文件，并重新复制一份。',
      ],
      [
        'Not a Greenprint package',
        `“${p.file}” is not a .greenprint package, or its beginning is damaged. Nothing was read in.`,
        'Check with the sender which file it should be, and copy it again.',
      ],
    ),
  'share.newer': (p: { file: string; found: string; known: number }) =>
    message(
      [
        '评审包由更新的版本生成',
        `“${p.file}”的格式版本为 ${p.found}，本程序只能读取 ${p.known}。未读入任何内容。`,
        '请升级绿图后再打开。',
      ],
      [
        'The package is of a later version',
        `“${p.file}” has format ${p.found}; this program reads ${p.known}. Nothing was read in.`,
        'Update Greenprint, then open it again.',
      ],
    ),
  'share.truncated': (p: { file: string }) =>
    message(
      ['评审包不完整', `“${p.file}”缺少末尾部分，可能没有复制完。未读入任何内容。`, '请重新复制，并在弹出 U 盘前等待写入完成。'],
      [
        'The package is incomplete',
        `The end of “${p.file}” is missing; it was probably not copied to the end. Nothing was read in.`,
        'Copy it again, and let the stick finish writing before it is pulled out.',
      ],
    ),
  'share.refused': (p: { file: string; entry: string; problem: { zh: string; en: string } }) =>
    message(
      ['评审包被拒绝', `“${p.file}”中的“${p.entry}”：${p.problem.zh}。未读入任何内容。`, '请不要使用该文件，并请对方重新导出。'],
      [
        'The package was refused',
        `“${p.entry}” in “${p.file}”: ${p.problem.en}. Nothing was read in.`,
        'Do not use the file; ask the sender to export it again.',
      ],
    ),
  'share.changed': (p: { file: string; entry: string }) =>
    message(
      [
        '评审包被改动或损坏',
        `“${p.file}”中的“${p.entry}”与目录中记载的校验值不符。未读入任何内容。`,
        '请重新复制；仍不符时请对方重新导出。',
      ],
      [
        'The package was changed or damaged',
        `“${p.entry}” in “${p.file}” does not have the hash that its manifest names. Nothing was read in.`,
        'Copy it again; if that does not help, ask the sender to export it again.',
      ],
    ),
  'share.malformed': (p: { where: string; problem: string }) =>
    message(
      ['评审包内容不合规', `${p.where}：${p.problem}。未读入任何内容。`, '请不要使用该文件，并请对方用绿图重新导出。'],
      [
        'The package holds what no review can hold',
        `${p.where}: ${p.problem}. Nothing was read in.`,
        'Do not use the file; ask the sender to export it again with Greenprint.',
      ],
    ),
  'share.unreadable': (p: { file: string }) =>
    message(
      [
        '读取评审文件时超出限度',
        `读取“${p.file}”的独立进程超出了允许的时间或内存，已被终止。未读入任何内容，目录库未受影响。`,
        '请不要使用该文件；如文件确实很大，请关闭其他程序后重试，或请对方分开导出。',
      ],
      [
        'Reading the file went beyond all bounds',
        `The separate process that reads “${p.file}” took more time or memory than allowed and was ended. Nothing was read in; the catalogue is untouched.`,
        'Do not use the file. If it really is very large, close other programs and try again, or ask for smaller exports.',
      ],
    ),
  'share.memo-stripped': (p: { file: string }) =>
    message(
      [
        '意见书中没有可打开的评审',
        `“${p.file}”的附件中没有评审：邮件网关或“打印为 PDF”会去掉附件，较早版本的意见书也不带。未读入任何内容。`,
        '请向出具单位索取原始 PDF，或随附的 .greenprint 文件。',
      ],
      [
        'The memo carries no review to open',
        `“${p.file}” has no review among its attachments: mail gateways and “print to PDF” take them out, and earlier versions did not carry one. Nothing was read in.`,
        'Ask the office that issued it for the original PDF, or for the .greenprint file beside it.',
      ],
    ),
  'share.memo-differs': (p: { file: string; at: string }) =>
    message(
      [
        '意见书与所附评审不符',
        `“${p.file}”中的“${p.at}”与封印或所附评审不一致，文件被改动过。未读入任何内容。`,
        '请不要使用该文件，并向出具单位索取原始文件。',
      ],
      [
        'The memo is not what it carries',
        `“${p.at}” in “${p.file}” does not agree with the seal or with the review that it carries: the file was changed. Nothing was read in.`,
        'Do not use the file; ask the office that issued it for the original.',
      ],
    ),
  'share.passphrase-needed': (p: { file: string }) =>
    message(
      ['需要口令', `“${p.file}”已加密。`, '请输入口令后再打开。'],
      ['A passphrase is needed', `“${p.file}” is encrypted.`, 'Enter its passphrase, then open it again.'],
    ),
  'share.wrong-passphrase': (p: { file: string }) =>
    message(
      ['口令不正确', `口令不能打开“${p.file}”；文件本身完好。`, '请核对大小写、全角与半角，再试一次。'],
      [
        'The passphrase is wrong',
        `The passphrase does not open “${p.file}”; the file itself is sound so far.`,
        'Check capitals and full-width characters, then try again.',
      ],
    ),
  'share.tampered': (p: { file: string; at: string }) =>
    message(
      [
        '加密的评审包被改动或损坏',
        `“${p.file}”的 ${p.at} 与加密时不同；这与口令无关。未读入任何内容。`,
        '请重新复制；仍不符时请对方重新导出。',
      ],
      [
        'The encrypted package was changed or damaged',
        `The ${p.at} of “${p.file}” is not what was encrypted; the passphrase is not the cause. Nothing was read in.`,
        'Copy it again; if that does not help, ask the sender to export it again.',
      ],
    ),
  'share.weak-passphrase': (p: { least: number }) =>
    message(
      ['口令太短', `口令至少需要 ${p.least} 个字符。`, '请换一个更长的口令；忘记口令后评审包无法打开。'],
      [
        'The passphrase is too short',
        `A passphrase has ${p.least} characters or more.`,
        'Choose a longer one; a package whose passphrase is lost cannot be opened.',
      ],
    ),
  'share.plan-data-missing': (p: { plan: string }) =>
    message(
      [
        '缺少规划数据',
        `评审包中没有“${p.plan}”的规划数据，本目录库中也没有。未合并任何内容。`,
        '请对方导出时勾选“包含规划数据”。',
      ],
      [
        'The plan’s data is missing',
        `The package does not hold the data of “${p.plan}”, and this catalogue does not have it. Nothing was merged.`,
        'Ask the sender to export it again together with the plan’s data.',
      ],
    ),
  'share.no-review': (p: { file: string }) =>
    message(
      ['没有可带入的评审', `“${p.file}”中没有其方案的评审，没有意见可带入。`, '请选择带有评审的意见书或评审包。'],
      [
        'There is no review to carry over',
        `“${p.file}” holds no review of its plan.`,
        'Choose a memo or a package with a review.',
      ],
    ),
  'share.same-plan': (p: { file: string; plan: string }) =>
    message(
      ['是同一份方案', `“${p.file}”评审的就是“${p.plan}”本身，不需要另立一轮。`, '请直接并入。'],
      ['It is the same plan', `“${p.file}” judges “${p.plan}” itself: there is no other round.`, 'Merge it instead.'],
    ),
  'share.checklist-differs': (p: { checklist: string; version: string }) =>
    message(
      [
        '清单同名同版但内容不同',
        `评审包所用的清单“${p.checklist}”${p.version} 版与本机同一版本的内容不同，评分不可比。未合并任何内容。`,
        '请双方核对清单，以新的版本号发布后再评审。',
      ],
      [
        'The checklists differ under one version',
        `The package was judged by “${p.checklist}” ${p.version}, which says something else here, so scores cannot be compared. Nothing was merged.`,
        'Compare the checklists and publish one of them under a new version.',
      ],
    ),
  'share.operation-differs': (p: { operation: string }) =>
    message(
      [
        '同一操作有两种内容',
        `操作 ${p.operation} 在两处的内容不同，其中一处被改动过。未合并任何内容。`,
        '请对方从自己的目录库重新导出评审包。',
      ],
      [
        'One operation says two things',
        `Operation ${p.operation} is not the same in both places: one of them was changed. Nothing was merged.`,
        'Ask the sender to export the package again from their own catalogue.',
      ],
    ),
  'share.no-such-conflict': (_: Record<string, never>) =>
    message(
      ['冲突已不存在', '该冲突已被处理，或所选的一方已不存在。', '请刷新后查看其余冲突。'],
      ['The conflict is gone', 'It was settled meanwhile, or the chosen side is gone.', 'Look at the conflicts that are left.'],
    ),
  'share.attachment-gone': (p: { name: string }) =>
    message(
      [
        '附件的文件已丢失或改动',
        `目录库中“${p.name}”的文件已不在或与入库时不同，未导出。`,
        '请从备份恢复目录库，或移除该附件后再导出。',
      ],
      [
        'An attachment’s file is missing or changed',
        `The file of “${p.name}” is gone from the catalogue or is no longer what was attached. Nothing was exported.`,
        'Restore the catalogue from a backup, or remove the attachment, then export again.',
      ],
    ),
  'share.plan-gone': (p: { plan: string }) =>
    message(
      [
        '规划数据文件已丢失或改动',
        `目录库中“${p.plan}”的 GeoPackage 已不在或与导入时不同，未导出。`,
        '请从备份恢复目录库，或不含规划数据导出。',
      ],
      [
        'The plan’s data is missing or changed',
        `The GeoPackage of “${p.plan}” is gone from the catalogue or is no longer what was imported. Nothing was exported.`,
        'Restore the catalogue from a backup, or export without the plan’s data.',
      ],
    ),
} satisfies MessageTable
