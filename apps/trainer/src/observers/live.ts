/** `--live`: the report of a run as a page that is updated while the run goes on. */
import { html } from '@gosa/charts/html'
import { type CommandContext, ExitCode } from '@gosa/cli-kit'
import type { TrainingProgress } from '@gosa/training'
import { type Page, reportPage } from '../report/page.ts'
import {
  createProgressReport,
  createReport,
  type Report,
  type ReportData,
  type RunDescription,
  reportBody,
} from '../report/report.ts'
import { labelled } from '../texts/labels.ts'
import { reportTexts } from '../texts/report.ts'
import { createLiveServer } from './live-server.ts'
import { type Observer, type RunHistory, secondsLeft } from './observer.ts'

/** A page on this machine that shows the current run. */
export interface Live {
  readonly url: string
  /** Shows a run from now on. Returns the observer that updates the page. */
  watch(run: LiveRun): Observer
  /** Shows the final report of the run. */
  finish(report: Report): void
  /** Tells open pages that there will be no more, and why, and closes their connections. */
  close(message: string): Promise<void>
}

/** A run that goes on. */
export interface LiveRun extends RunDescription {
  readonly model: ReportData['model']
  readonly iterations: number
  readonly batchSize: number
  /** Grows while the run goes on. Its own observer comes before the page's. */
  readonly history: RunHistory
}

/** The summary and the curves are updated at most this often. */
const PROGRESS_REFRESH_MS = 500
/** All other parts, for which the model is evaluated, are updated at the end of an epoch and at most this often. */
const MODEL_REFRESH_MS = 2000

const loadingReport = (): Report => ({
  title: 'gosa-trainer',
  parts: { summary: html`<h1>gosa-trainer</h1><p>${reportTexts().live.loading}</p>` },
})

/** Opens the page; port 0 chooses a free one. Throws a `CommandError` if the port is not available. */
export async function openLive(port: number, clock: () => number = () => performance.now()): Promise<Live> {
  let report: () => Report = loadingReport
  const server = await createLiveServer(port, {
    page: () => livePage(report()),
    state: () => wholeReport(report()),
  })
  return {
    url: server.url,
    watch(run) {
      let now: TrainingProgress = {
        iteration: run.history.epochs.at(-1)?.iteration ?? 0,
        loss: Number.NaN,
        samplesPerSecond: 0,
      }
      let full: Report | undefined
      const shown = { progress: -Infinity, model: -Infinity }
      const data = () => dataOf(run, now)
      const progressReport = () => createProgressReport(data())
      report = () => {
        full ??= createReport(data())
        const { title, parts } = progressReport()
        return { title, parts: { ...full.parts, ...parts } }
      }
      if (server.listeners > 0) server.send(wholeReport(report()))
      return {
        progress(latest) {
          now = latest
          if (server.listeners === 0 || clock() - shown.progress < PROGRESS_REFRESH_MS) return
          server.send(progressReport())
          shown.progress = clock()
        },
        epoch(metrics) {
          const isLast = metrics.iteration === run.iterations
          if (server.listeners === 0) full = undefined
          else if (isLast || clock() - shown.model >= MODEL_REFRESH_MS) {
            full = undefined
            server.send(report())
            shown.progress = shown.model = clock()
          }
        },
      }
    },
    finish(final) {
      report = () => final
    },
    close: (message) => server.close({ message, ...(server.listeners > 0 && wholeReport(report())) }),
  }
}

const dataOf = (run: LiveRun, now: TrainingProgress) => ({
  ...run,
  epochs: run.history.epochs,
  batches: run.history.losses.points(),
  iteration: now.iteration,
  samplesPerSecond: now.samplesPerSecond,
  status: reportTexts().status.running,
  progress: {
    share: now.iteration / run.iterations,
    loss: now.loss,
    secondsLeft: secondsLeft(now, run),
  },
  date: new Date(),
})

/** The whole report as one part, in place of all others. */
const wholeReport = (report: Report): Report => ({
  title: report.title,
  parts: { report: reportBody(report) },
})

const livePage = (report: Report): Page =>
  reportPage(
    report.title,
    html`<p id="notice" class="notice" role="status" hidden></p>
<div id="report">${reportBody(report)}</div>
<noscript><p>${reportTexts().live.noScript}</p></noscript>`,
    script(),
  )

/** Replaces each part of the page that has changed, and says when the run has ended or cannot be reached. */
const script = () => `
const shown = new Map()
const notice = document.getElementById('notice')
const say = (message) => { notice.textContent = message; notice.hidden = message === '' }
const show = ({ title, parts }) => {
  document.title = title
  for (const [id, content] of Object.entries(parts)) {
    const part = document.getElementById(id)
    if (!part || shown.get(id) === content) continue
    if (id === 'report') shown.clear()
    shown.set(id, content)
    const open = Array.from(part.querySelectorAll('details[open]'), ({ id }) => id)
    part.innerHTML = content
    for (const id of open) document.getElementById(id)?.setAttribute('open', '')
  }
}
const source = new EventSource('events')
source.addEventListener('open', () => say(''))
source.addEventListener('state', (event) => show(JSON.parse(event.data)))
source.addEventListener('end', (event) => {
  source.close()
  const { message, ...state } = JSON.parse(event.data)
  show(state)
  say(message)
})
source.addEventListener('error', () => {
  if (source.readyState === EventSource.CLOSED) say(${JSON.stringify(reportTexts().live.gone)})
  else say(${JSON.stringify(reportTexts().live.lost)})
})
`

/** The value of `--live`: a port, or `true` for any. */
export interface LiveOptions {
  live?: number | true
}

/** What open pages say once the command has ended with a code. */
function endMessage(code: ExitCode): string {
  const { ended, stopped, failed } = reportTexts().live
  if (code === ExitCode.success) return ended
  return code === ExitCode.interrupted ? stopped : failed
}

/** Runs `action` with a live page if `--live` was given. Prints its address, and closes it however the action ends. */
export async function withLive(
  { options, output }: Pick<CommandContext<LiveOptions>, 'options' | 'output'>,
  action: (live?: Live) => Promise<ExitCode>,
): Promise<ExitCode> {
  if (options.live === undefined) return action()
  const live = await openLive(options.live === true ? 0 : options.live)
  if (output.json) output.value({ event: 'live', url: live.url })
  else output.warn(labelled('live', live.url))
  let message = endMessage(ExitCode.failed)
  try {
    const code = await action(live)
    message = endMessage(code)
    return code
  } finally {
    await live.close(message)
  }
}
