import { translated } from '@gosa/cli-kit'

/** What `train` prints: before, during and after a run or a sweep. */
export const runTexts = translated(
  {
    images: (set: string, train: string, test: string) =>
      `${set}: ${train} for training, ${test} for testing`,
    heldOut: (images: string, count: string) => `${images}, ${count} for validation`,
    length: (iterations: string) => `${iterations} iterations`,
    patience: (length: string, epochs: number) => `${length}, or until ${epochs} epochs bring no improvement`,
    resumed: (length: string, iteration: string) => `${length}, resumed after ${iteration}`,
    seed: (length: string, seed: number) => `${length}, seed ${seed}`,
    summary: {
      separator: ', ',
      learningRate: (rate: number) => `learning rate ${rate}`,
      warmUp: (rate: string, iterations: string) => `${rate} after a warm-up of ${iterations} iterations`,
      step: (rate: string, factor: number, iterations: string) =>
        `${rate}, times ${factor} every ${iterations} iterations`,
      cosine: (rate: string, floor: string) => `${rate}, falling to ${floor} by a cosine`,
      cosineOver: (rate: string, iterations: string) => `${rate} over ${iterations} iterations`,
      floor: (share: number) => `${share} of it`,
      shuffled: (size: number) => `batches of ${size} of shuffled epochs`,
      replaced: (size: number) => `batches of ${size} drawn with replacement`,
      dropout: (share: number) => `dropout ${share}`,
      batchNorm: 'batch normalization',
      weightDecay: (decay: number) => `weight decay ${decay}`,
      clipNorm: (norm: number) => `gradients clipped to norm ${norm}`,
    },
    columns: {
      epoch: 'epoch',
      loss: 'loss',
      train: 'train',
      test: 'test',
      validation: 'validation',
      iterations: 'iterations',
      samplesPerSecond: 'samples/s',
    },
    progress: {
      epoch: (epoch: number, of: number) => `epoch ${epoch}/${of}`,
      loss: (loss: string) => `loss ${loss}`,
      left: (duration: string) => `${duration} left`,
      test: (accuracy: string) => `test ${accuracy}`,
      samplesPerSecond: (samples: string) => `${samples} samples/s`,
      pictures: (done: number, of: number) => `reading pictures: ${done} of ${of}`,
    },
    done: {
      accuracy: (test: string, train: string) => `${test} on test images, ${train} on training images`,
      validation: (accuracy: string, loss: string) => `${accuracy} on validation images, loss ${loss}`,
      time: (duration: string, samples: string) =>
        `${duration} in total; ${samples} samples/s in training steps`,
      notSaved: 'not saved (--no-out)',
      generated: 'These digits are generated; for handwritten ones see --data mnist in --help.',
      aboveGuessing: (loss: string, guessing: string, rate: number) =>
        `The test loss, ${loss}, is above that of guessing, ${guessing}: try a smaller --learning-rate, such as ${rate}.`,
      stoppedEarly: (iteration: string, of: string, epochs: number) =>
        `after ${iteration} of ${of} iterations: no improvement for ${epochs} epochs`,
      best: (iteration: string, quantity: string) =>
        `after ${iteration} iterations, by validation ${quantity}; these weights are saved`,
    },
    complete: (folder: string) =>
      `the run of ${folder} has ended already, and nothing is written; --iterations extends it`,
    interrupted: {
      run: (iteration: string, of: string, how: string) =>
        `stopped after ${iteration} of ${of} iterations; ${how}`,
      sweep: (runs: number, of: number) => `the sweep was stopped after ${runs} of ${of} runs`,
      sweepResume: (stopped: string, command: string) => `${stopped}; resume it with: ${command}`,
      resume: (command: string) => `resume with: ${command}`,
      nothingSaved: 'nothing was saved (--no-out)',
      beforeTraining: 'stopped before training began',
    },
    diverged: {
      message: (when: string, what: string, rate: number, smaller: number, saved: string) =>
        `training failed ${when}: ${what} with learning rate ${rate}; ` +
        `try a smaller one, such as --learning-rate ${smaller}; ${saved}`,
      what: (what: string) => `${what} became NaN or infinite`,
      where: (what: string, where: string) => `${what} became NaN or infinite, ${where},`,
      inStep: (step: string) => `in step ${step}`,
      betweenSteps: (from: string, to: string) => `between steps ${from} and ${to}`,
      afterStep: (step: string) => `after step ${step}`,
      saved: (iteration: string, file: string) =>
        `the weights after ${iteration} iterations are saved in ${file}`,
    },
    book: {
      notInteger: (perEpoch: number, prints: string) =>
        `iter_per_epoch is ${perEpoch}, not an integer, so ${prints}`,
      every: (iterations: string) => `the loop prints every ${iterations} iterations`,
      once: 'the loop prints only after the first iteration',
    },
    checkpoints: {
      damaged: (file: string, reason: string) => `${file} is damaged (${reason}) and skipped`,
      misfit: (file: string, misfit: string) => `${file} is not of this run (${misfit}) and skipped`,
      none: 'no checkpoint is left that can be used: the run starts again from its seed',
      notYet: 'there is no checkpoint yet',
      intact: (iteration: number) => `the checkpoint after ${iteration} iterations is intact`,
      resumeWhenFixed: (error: string, checkpoint: string, command: string) =>
        `${error}; ${checkpoint}; when this is fixed, resume with: ${command}`,
      line: (file: string, line: number, reason: string) => `${file}: line ${line} ${reason} and is left out`,
    },
    sweep: {
      runs: (runs: number, saved: string) => `${runs} runs, ${saved}`,
      savedIn: (folder: string) => `saved in ${folder}`,
      accuracy: (accuracy: string) => `accuracy ${accuracy}`,
      failed: 'training failed',
      run: 'run',
      noResult: 'failed',
    },
  },
  {
    images: (set, train, test) => `${set}：訓練用${train}枚、テスト用${test}枚`,
    heldOut: (images, count) => `${images}、検証用${count}枚`,
    length: (iterations) => `${iterations}イテレーション`,
    patience: (length, epochs) => `${length}（${epochs}エポック改善しなければ早期終了）`,
    resumed: (length, iteration) => `${length}、${iteration}から再開`,
    seed: (length, seed) => `${length}、シード ${seed}`,
    summary: {
      separator: '、',
      learningRate: (rate) => `学習率 ${rate}`,
      warmUp: (rate, iterations) => `${rate}（最初の${iterations}イテレーションで上げていく）`,
      step: (rate, factor, iterations) => `${rate}（${iterations}イテレーションごとに${factor}倍）`,
      cosine: (rate, floor) => `${rate}（コサインで${floor}まで下げる）`,
      cosineOver: (rate, iterations) => `${rate}（${iterations}イテレーションかけて）`,
      floor: (share) => `その${share}倍`,
      shuffled: (size) => `バッチ ${size}枚（エポックごとにシャッフル）`,
      replaced: (size) => `バッチ ${size}枚（重複を許して選ぶ）`,
      dropout: (share) => `ドロップアウト ${share}`,
      batchNorm: 'バッチ正規化',
      weightDecay: (decay) => `荷重減衰 ${decay}`,
      clipNorm: (norm) => `勾配のノルムを${norm}までに制限`,
    },
    columns: {
      epoch: 'エポック',
      loss: '損失',
      train: '訓練',
      test: 'テスト',
      validation: '検証',
      iterations: '反復',
      samplesPerSecond: '画像/秒',
    },
    progress: {
      epoch: (epoch, of) => `エポック ${epoch}/${of}`,
      loss: (loss) => `損失 ${loss}`,
      left: (duration) => `残り ${duration}`,
      test: (accuracy) => `テスト ${accuracy}`,
      samplesPerSecond: (samples) => `${samples} 画像/秒`,
      pictures: (done, of) => `画像を読み込み中：${of}枚のうち${done}枚`,
    },
    done: {
      accuracy: (test, train) => `テスト画像で${test}、訓練画像で${train}`,
      validation: (accuracy, loss) => `検証画像で${accuracy}、損失 ${loss}`,
      time: (duration, samples) => `全体で${duration}、学習ステップは毎秒${samples}枚`,
      notSaved: '保存していません（--no-out）',
      generated: 'この数字は生成したものです。手書き数字については --help の --data mnist を見てください。',
      aboveGuessing: (loss, guessing, rate) =>
        `テストの損失 ${loss} は、当てずっぽうの場合 ${guessing} より大きくなっています。--learning-rate を ${rate} のように小さくしてみてください。`,
      stoppedEarly: (iteration, of, epochs) =>
        `${of}イテレーションのうち${iteration}で終了：${epochs}エポック改善なし`,
      best: (iteration, quantity) =>
        `${iteration}イテレーション後（検証の${quantity}による）。この重みを保存しました`,
    },
    complete: (folder) =>
      `${folder} の実行はもう終わっているので、何も書き込みません。--iterations で延長できます`,
    interrupted: {
      run: (iteration, of, how) => `${of}イテレーションのうち${iteration}で中断しました。${how}`,
      sweep: (runs, of) => `${of}回の実行のうち${runs}回でスイープを中断しました`,
      sweepResume: (stopped, command) => `${stopped}。再開するには：${command}`,
      resume: (command) => `再開するには：${command}`,
      nothingSaved: '何も保存していません（--no-out）',
      beforeTraining: '学習が始まる前に中断しました',
    },
    diverged: {
      message: (when, what, rate, smaller, saved) =>
        `${when}学習に失敗しました。${what}（学習率 ${rate}）。` +
        `--learning-rate ${smaller} のように小さくしてみてください。${saved}`,
      what: (what) => `${what}がNaNまたは無限大になりました`,
      where: (what, where) => `${what}がNaNまたは無限大になりました（${where}）`,
      inStep: (step) => `ステップ${step}で`,
      betweenSteps: (from, to) => `ステップ${from}から${to}の間に`,
      afterStep: (step) => `ステップ${step}のあとで`,
      saved: (iteration, file) => `${iteration}イテレーション後の重みを ${file} に保存しました`,
    },
    book: {
      notInteger: (perEpoch, prints) => `iter_per_epochは${perEpoch}で整数ではないので、${prints}`,
      every: (iterations) => `ループは${iterations}イテレーションごとに表示します`,
      once: 'ループは最初のイテレーションのあとにだけ表示します',
    },
    checkpoints: {
      damaged: (file, reason) => `${file} は壊れているので（${reason}）、使いません`,
      misfit: (file, misfit) => `${file} はこの実行のものではないので（${misfit}）、使いません`,
      none: '使えるチェックポイントがないので、シードから最初に戻って学習します',
      notYet: 'チェックポイントはまだありません',
      intact: (iteration) => `${iteration}イテレーション後のチェックポイントは無事です`,
      resumeWhenFixed: (error, checkpoint, command) =>
        `${error}。${checkpoint}。原因を取り除いたら、次のコマンドで再開してください：${command}`,
      line: (file, line, reason) => `${file}：${line}行目は使いません：${reason}`,
    },
    sweep: {
      runs: (runs, saved) => `${runs}回の実行、${saved}`,
      savedIn: (folder) => `保存先 ${folder}`,
      accuracy: (accuracy) => `認識精度 ${accuracy}`,
      failed: '学習に失敗',
      run: '実行',
      noResult: '失敗',
    },
  },
)
