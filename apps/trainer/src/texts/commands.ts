import { translated } from '@gosa/cli-kit'

/** What `evaluate`, `predict` and `import` print. */
export const commandTexts = translated(
  {
    images: (set: string, count: string, split: string) => `${set}: ${count} ${split} images`,
    splits: { train: 'training', test: 'test' },
    table: { class: 'class', images: 'images', precision: 'precision', recall: 'recall' },
    predicted: 'predicted',
    predictedAs: (label: string, predicted: string, count: number) =>
      `${label} predicted as ${predicted}: ${count}`,
    image: (index: number, set: string) => `image ${index} of ${set}`,
    noPicture: (image: string) => `no picture given: using ${image}`,
    prediction: (image: string, predicted: number, probability: string) =>
      `${image}: predicted as ${predicted} (${probability})`,
    label: (prediction: string, label: number) => `${prediction}; its label is ${label}`,
    unknownImages: (model: string, data: string) =>
      `${model} does not say on which images it was trained: using those of --data ${data}`,
    unknownCommand: (name: string) =>
      `unknown command '${name}': use train, evaluate, predict, export or import`,
  },
  {
    images: (set, count, split) => `${set}：${split}画像${count}枚`,
    splits: { train: '訓練', test: 'テスト' },
    table: { class: 'クラス', images: '画像数', precision: '適合率', recall: '再現率' },
    predicted: '予測',
    predictedAs: (label, predicted, count) => `${label}を${predicted}と予測：${count}枚`,
    image: (index, set) => `${set}の画像${index}`,
    noPicture: (image) => `画像の指定がないので、${image}を使います`,
    prediction: (image, predicted, probability) => `${image}：予測は${predicted}（確率${probability}）`,
    label: (prediction, label) => `${prediction}、ラベルは${label}`,
    unknownImages: (model, data) =>
      `${model} がどの画像で学習したかは分かりません。--data ${data} の画像を使います`,
    unknownCommand: (name) =>
      `${name} というコマンドはありません。train、evaluate、predict、export、importのいずれかを使ってください`,
  },
)
