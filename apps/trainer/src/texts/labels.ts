import { padEnd, textWidth } from '@gosa/charts/text'
import { translated } from '@gosa/cli-kit'

/** The labels in front of the lines that the commands print. */
export const labelTexts = translated(
  {
    network: 'network',
    images: 'images',
    training: 'training',
    length: 'length',
    stopped: 'stopped',
    best: 'best',
    accuracy: 'accuracy',
    loss: 'loss',
    time: 'time',
    weights: 'weights',
    report: 'report',
    sweep: 'sweep',
    live: 'live',
    layers: 'layers',
    leftOut: 'left out',
    written: 'written',
  },
  {
    network: 'ネットワーク',
    images: '画像',
    training: '学習',
    length: '長さ',
    stopped: '早期終了',
    best: '最良',
    accuracy: '認識精度',
    loss: '損失',
    time: '時間',
    weights: '重み',
    report: 'レポート',
    sweep: 'スイープ',
    live: 'ライブ',
    layers: 'レイヤ',
    leftOut: '除外',
    written: '書き出し先',
  },
)

/** Number of spaces after the longest label. */
const GAP = 3

/** A line with a label, or without one below such a line: `accuracy   0.9650`. */
export function labelled(name: keyof ReturnType<typeof labelTexts> | undefined, text: string): string {
  const labels = labelTexts()
  const width = Math.max(...Object.values(labels).map(textWidth)) + GAP
  return padEnd(name === undefined ? '' : labels[name], width) + text
}
