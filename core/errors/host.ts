import type { Bilingual } from '../text.ts'
import { message, type MessageTable } from './message.ts'

/** Failures of the conversation itself, whatever the host. */
export const hostMessages = {
  'request.invalid': (p: { procedure: string; problem: string }) =>
    message(
      ['请求无法理解', `“${p.procedure}”收到了无法使用的参数：${p.problem}`, '请检查输入。'],
      ['Request not understood', `“${p.procedure}” was given values it cannot use: ${p.problem}`, 'Check what was entered.'],
    ),
  'request.unknown': (p: { procedure: string }) =>
    message(
      ['未知操作', `没有名为“${p.procedure}”的操作。`, '界面与后台版本可能不一致，请重新启动绿图。'],
      [
        'Unknown operation',
        `There is no operation “${p.procedure}”.`,
        'Screen and backend may differ in version: restart Greenprint.',
      ],
    ),
  'request.cancelled': (p: { procedure: string }) =>
    message(
      ['已取消', `“${p.procedure}”已取消，未作任何更改。`, '可以随时重新开始。'],
      ['Cancelled', `“${p.procedure}” was cancelled; nothing was changed.`, 'Start it again at any time.'],
    ),
  'request.disconnected': (_: Record<string, never>) =>
    message(
      ['与后台的连接已断开', '后台已停止或窗口已断开连接。已确认的修改都已保存。', '请重新打开绿图。'],
      [
        'Connection lost',
        'The backend stopped or this window was disconnected. Every confirmed edit is saved.',
        'Open Greenprint again.',
      ],
    ),
  'request.busy': (p: { procedure: string }) =>
    message(
      ['请求过多', `后台正忙，暂未接受“${p.procedure}”。`, '请等待正在进行的任务完成后重试。'],
      ['Too many requests', `The backend is busy and did not take “${p.procedure}”.`, 'Wait for the running work and try again.'],
    ),
  'request.bad-frame': (p: { problem: string }) =>
    message(
      ['收到的数据已损坏', `界面与后台之间的数据无法读取（${p.problem}）。`, '请重新载入页面；若仍出错，请重新启动绿图。'],
      [
        'Damaged data received',
        `What arrived between screen and backend cannot be read (${p.problem}).`,
        'Reload the page; if it repeats, restart Greenprint.',
      ],
    ),
  'request.refused': (_: Record<string, never>) =>
    message(
      ['连接被拒绝', '该网址只能使用一次，或已经失效。', '请使用绿图启动时显示的新网址。'],
      [
        'Connection refused',
        'This address works once only, or is no longer valid.',
        'Use the new address that Greenprint prints when it starts.',
      ],
    ),
  'host.port-taken': (p: { port: number }) =>
    message(
      ['端口被占用', `本机端口 ${p.port} 正被其他程序使用。`, '请换一个端口，或不指定端口。'],
      ['The port is taken', `Another program uses port ${p.port} of this machine.`, 'Choose another port, or name none.'],
    ),
  'host.screen-missing': (_: Record<string, never>) =>
    message(
      ['界面尚未构建', '找不到已构建的界面文件。', '请先运行 npm run build，或直接用 npm start 启动。'],
      [
        'The screen is not built',
        'The built files of the screen are missing.',
        'Run npm run build first, or start with npm start.',
      ],
    ),
  'cli.usage': (p: { problem: Bilingual }) =>
    message(
      ['命令写法有误', p.problem.zh, '请运行 greenprint help 查看用法。'],
      ['Wrong usage', p.problem.en, 'Run greenprint help to see how commands are written.'],
    ),
  'cli.not-a-manifest': (p: { file: string }) =>
    message(
      ['不是方案清单', `“${p.file}”不是绿图的方案清单。`, '方案清单是含有 "greenprint": "plan-manifest/1" 的 JSON 文件。'],
      [
        'Not a plan manifest',
        `“${p.file}” is not a plan manifest of Greenprint.`,
        'A plan manifest is a JSON file with "greenprint": "plan-manifest/1".',
      ],
    ),
  'cli.no-plan': (p: { plan: string | null }) =>
    message(
      [
        '没有可用的方案',
        p.plan === null ? '目录库中还没有方案。' : `目录库中没有编号为“${p.plan}”的方案。`,
        '请先用 greenprint import 导入方案。',
      ],
      [
        'No such plan',
        p.plan === null ? 'The catalogue holds no plan yet.' : `The catalogue holds no plan with the id “${p.plan}”.`,
        'Import a plan with greenprint import first.',
      ],
    ),
  'host.bug': (p: { ref: string }) =>
    message(
      [
        '程序出错',
        `发生了意外错误（编号 ${p.ref}）。详情已写入日志，您的数据未受影响。`,
        '请重试；若仍出错，请把编号告知维护人员。',
      ],
      [
        'Something went wrong',
        `An unexpected error happened (ref ${p.ref}). It was logged and your data is safe.`,
        'Try again; if it repeats, report the reference.',
      ],
    ),
} satisfies MessageTable
