import { translated } from '@gosa/cli-kit'

/*
 * The texts of the command in English and Japanese. What the checker itself says, causes and findings, is in English.
 */

export const texts = translated(
  {
    help: {
      description:
        'Checks gradients by finite differences: those of your modules, or without a module those of the network of ' +
        '"Deep Learning from Scratch", chapter 5.\n' +
        'Exit codes: 0 all gradients are correct, 1 a gradient is wrong or a file cannot be written, 2 wrong usage or a ' +
        'module that cannot be loaded, 3 no verdict, 130 interrupted.',
      modules: 'JavaScript or TypeScript modules that export cases',
      exampleBook: "the book's gradient check",
      exampleModule: 'check the cases that a module exports',
      exampleWatch: 'check again after each change',
      suite: 'check every built-in layer, loss and network',
      exampleFaults: 'measure how reliably faults are caught',
      faults: 'measure the checker: it must catch every planted fault and pass correct code',
      trials: 'number of random correct cases for --faults',
      corpus:
        'half of --faults: faults planted into the built-in code, or functions of many fields (default: both)',
      only: 'check only the cases, or faults, whose name contains the text',
      method: "finite-difference method; by default richardson, for the book's check central",
      mode: 'check every entry (full, the default), a random sample of entries, or projections on random directions',
      step: 'step size of the finite differences',
      rtol: "relative tolerance, by PyTorch's rule in place of error estimates",
      atol: 'absolute tolerance of the same rule',
      data: "images of the book's check, as for gosa-trainer: digits (generated), mnist, …, or a folder",
      dataDir: 'folder with the files of the data set (default: $GOSA_DATA_DIR, then your cache folder)',
      threads: 'number of worker threads (default: one per core)',
      junit: 'write the results as JUnit XML',
      html: 'write the results as a page with heat maps of the gradients',
      budget:
        'compare as much as this many seconds allow (every entry, a sample, or random directions), and say what that means',
      format: 'github adds annotations, which GitHub Actions shows beside the code',
      watch: 'check again when a module changes',
    },
    wrong: {
      exclude: '--suite and --faults exclude each other; give one',
      takesNoModules: (option: string) => `${option} checks built-in code and takes no modules`,
      fixedByFaults: (option: string) =>
        `${option} has no effect with --faults, which measures the default checker`,
      onlyForBook: "--only selects cases of modules, --suite or --faults; the book's check is one case",
      needsFaults: (option: string) => `${option} has no effect without --faults`,
      dataOption: (option: string) =>
        `${option} selects the images of the book's check and has no effect here`,
      watch: '--watch needs a module to watch',
      budget: '--budget chooses the mode itself; leave out --mode',
      noModule: (module: string) => `there is no module ${module}`,
      isFolder: (module: string) => `${module} is a folder; name a module in it`,
      noCases: (module: string, hint: string) => `${module} exports no cases: ${hint}`,
      notACase: (name: string, hint: string) => `${name} is not a case: ${hint}`,
      caseHint:
        'a case is an object with a layer, a loss or a network, for example { layer: new MyRelu(), x: [[1, -2], [-3, 4]] }, or ' +
        'with a function and its gradient, for example { f: Math.sin, gradient: Math.cos, x: 1 }',
      noneSelected: (text: string) => `no case has ${text} in its name`,
      noneOfSuite: (text: string) => `no case of the suite has ${text} in its name`,
      noFault: 'no fault has that text in its name',
    },
    verdicts: { pass: 'pass', fail: 'fail', inconclusive: 'inconclusive' },
    columns: {
      shape: 'shape',
      mean: 'mean diff',
      max: 'max rel',
      worst: 'worst at',
      analytic: 'analytic',
      numerical: 'numerical',
      kinks: 'kinks',
      verdict: 'verdict',
    },
    results: {
      maxRelative: (error: string) => `max rel ${error}`,
      wrong: (name: string, wrong: number, compared: number) =>
        `${name}: ${wrong} of ${compared} ${compared === 1 ? 'entry' : 'entries'} ${wrong === 1 ? 'is' : 'are'} wrong`,
      unclear: (name: string, unclear: number, compared: number, error: string) =>
        `${name}: ${unclear} of ${compared} ${compared === 1 ? 'entry' : 'entries'} cannot be judged: numerical ` +
        `derivatives may be off by ${error}`,
      note: (note: string) => `note: ${note}`,
      casesPass: (passed: number, cases: number) => `${passed} of ${cases} cases pass, `,
      summary: (verdict: string, cases: string, gradients: string, seconds: string) =>
        `${verdict}: ${cases}${gradients} gradients compared, ${seconds} s`,
    },
    book: {
      network: (name: string, std: number) => `${name}, float64, weights of standard deviation ${std}`,
      generated: (count: number) => `the first ${count} generated digits`,
      images: (count: number, set: string) => `the first ${count} images of ${set}`,
      settings: (images: string, seed: number) => `${images}; seed ${seed}`,
      full: 'every entry',
      sampled: 'some entries',
      projected: 'along random directions',
    },
    suiteTitle: (seed: number) => `every built-in layer, loss and network, seed ${seed}`,
    time: {
      left: (time: string) => `about ${time} left`,
      takes: (time: string) => `checking every entry takes about ${time} more`,
      faster:
        'faster: --mode sampled (some entries of each variable), --mode projected (whole variables along random ' +
        'directions), --only TEXT (fewer cases), or --budget SECONDS (chooses)',
    },
    interrupted: {
      summary: (done: number, seconds: string) =>
        `interrupted after ${seconds} s: ${done === 0 ? 'no case was' : done === 1 ? '1 case was' : `${done} cases were`} checked to the end`,
      share: (percent: number) => `${percent} % of all entries were compared`,
      notPassed: (name: string, verdict: string) => `${name}: ${verdict}`,
    },
    watch: {
      watching: (files: number) => `watching ${files === 1 ? '1 file' : `${files} files`}; Ctrl-C ends`,
      changed: (file: string) => `${file} changed`,
    },
    quality: {
      rule: 'rule',
      missed: 'faults missed',
      falseAlarms: 'false alarms',
      book: "the book's, mean < 1e-6",
      pytorch: "PyTorch's gradcheck",
      title: (planted: number, trials: number) => `${planted} planted faults, ${trials} random correct cases`,
      corpusTitle: (half: string, wrong: number, right: number) =>
        `second corpus, ${half} half: ${wrong} wrong and ${right} right functions of other fields`,
      inconclusiveCase: (name: string) => `no verdict: ${name}`,
      notJudged: (count: number) => `not counted, since no finite difference can judge them: ${count}`,
      corpusSummary: (
        verdict: string,
        caught: number,
        wrong: number,
        falseAlarms: number,
        inconclusive: number,
      ) =>
        `${verdict}: ${caught} of ${wrong} wrong functions caught, ${falseAlarms} false alarms, ${inconclusive} without a verdict`,
      withoutVerdict: (count: number) => `correct cases without a verdict: ${count}`,
      missedFault: (name: string) => `missed: ${name}`,
      falseAlarm: (name: string) => `false alarm: ${name}`,
      summary: (verdict: string, caught: number, planted: number, falseAlarms: number, seconds: string) =>
        `${verdict}: ${caught} of ${planted} faults caught, ${falseAlarms} false alarms, ${seconds} s`,
    },
    page: {
      contents: 'All cases',
      gradientsCompared: 'gradients compared',
      maxRelativeError: 'max relative error',
      difference: 'difference, as a part of the largest gradient',
      frames: 'Frames mark the entries with the largest differences.',
    },
  },
  {
    help: {
      description:
        '数値微分で勾配を確認します。モジュールを指定すればその勾配を、指定しなければ『ゼロから作るDeep Learning』5章の' +
        'ネットワークの勾配を確認します。\n' +
        '終了コード：0 すべて正しい、1 誤った勾配があるかファイルに書き込めない、2 使い方の誤りかモジュールを読み込めない、' +
        '3 判定できない、130 中断。',
      modules: 'ケースをエクスポートするJavaScriptまたはTypeScriptのモジュール',
      exampleBook: '本の勾配確認',
      exampleModule: 'モジュールがエクスポートするケースを確認する',
      exampleWatch: '変更するたびに確認する',
      suite: '組み込みのレイヤ・損失・ネットワークをすべて確認する',
      exampleFaults: '誤りをどれだけ確実に見つけるかを測る',
      faults: '検査そのものを測る。埋め込んだ誤りをすべて見つけ、正しいコードを合格にしなければならない',
      trials: '--faults で使うランダムな正しいケースの数',
      corpus:
        '--faults の片方だけ：組み込みのコードに埋め込んだ誤り（planted）、またはさまざまな分野の関数（second）（デフォルト：両方）',
      only: '名前にこの文字列を含むケース（または誤り）だけを確認する',
      method: '数値微分の方法。デフォルトはrichardson、本の勾配確認ではcentral',
      mode: 'すべての要素（full、デフォルト）、無作為に選んだ要素、またはランダムな方向への射影を確認する',
      step: '数値微分の刻み幅',
      rtol: '相対許容誤差。誤差の見積もりの代わりにPyTorchの規則を使う',
      atol: '同じ規則の絶対許容誤差',
      data: '本の勾配確認に使う画像。gosa-trainerと同じ：digits（生成）、mnist、…、またはフォルダ',
      dataDir:
        'データセットのファイルがあるフォルダ（デフォルト：$GOSA_DATA_DIR、なければキャッシュフォルダ）',
      threads: 'ワーカースレッドの数（デフォルト：コアごとに1つ）',
      junit: '結果をJUnit XMLで保存する',
      html: '結果を勾配のヒートマップつきのページとして保存する',
      budget:
        'この秒数でできるだけ多く（すべての要素、一部の要素、またはランダムな方向）を確認し、その意味を示す',
      format: 'githubなら、GitHub Actionsがコードの横に表示する注釈も出力する',
      watch: 'モジュールが変わるたびに確認する',
    },
    wrong: {
      exclude: '--suite と --faults は同時に指定できません',
      takesNoModules: (option) => `${option} は組み込みのコードを確認するもので、モジュールは指定できません`,
      fixedByFaults: (option) => `${option} は --faults では使えません。--faults は標準の検査を測ります`,
      onlyForBook: '--only はモジュール、--suite、--faults のケースを選ぶもので、本の勾配確認では使えません',
      needsFaults: (option) => `${option} は --faults と一緒に指定してください`,
      dataOption: (option) => `${option} は本の勾配確認の画像を選ぶもので、ここでは使えません`,
      watch: '--watch には監視するモジュールが必要です',
      budget: '--budget は自分でモードを選びます。--mode を外してください',
      noModule: (module) => `${module} というモジュールはありません`,
      isFolder: (module) => `${module} はフォルダです。その中のモジュールを指定してください`,
      noCases: (module, hint) => `${module} はケースをエクスポートしていません。${hint}`,
      notACase: (name, hint) => `${name} はケースではありません。${hint}`,
      caseHint:
        'ケースはlayer、loss、networkのいずれかを持つオブジェクトか（例：{ layer: new MyRelu(), x: [[1, -2], [-3, 4]] }）、関数とその勾配です（例：{ f: Math.sin, gradient: Math.cos, x: 1 }）',
      noneSelected: (text) => `名前に「${text}」を含むケースはありません`,
      noneOfSuite: (text) => `--suite に、名前に「${text}」を含むケースはありません`,
      noFault: '名前にその文字列を含む誤りはありません',
    },
    verdicts: { pass: '合格', fail: '不合格', inconclusive: '判定不能' },
    columns: {
      shape: '形状',
      mean: '平均差',
      max: '最大相対',
      worst: '最悪の位置',
      analytic: '解析的',
      numerical: '数値的',
      kinks: '折れ点',
      verdict: '判定',
    },
    results: {
      maxRelative: (error) => `最大相対誤差 ${error}`,
      wrong: (name, wrong, compared) => `${name}：${compared}個の要素のうち${wrong}個に誤りがあります`,
      unclear: (name, unclear, compared, error) =>
        `${name}：${compared}個の要素のうち${unclear}個は判定できません。数値微分の誤差は最大${error}です`,
      note: (note) => `注：${note}`,
      casesPass: (passed, cases) => `${cases}件中${passed}件が合格、`,
      summary: (verdict, cases, gradients, seconds) =>
        `${verdict}：${cases}${gradients}個の勾配を比較、${seconds}秒`,
    },
    book: {
      network: (name, std) => `${name}、float64、重みの標準偏差${std}`,
      generated: (count) => `生成した数字の最初の${count}枚`,
      images: (count, set) => `${set}の最初の画像${count}枚`,
      settings: (images, seed) => `${images}、シード${seed}`,
      full: 'すべての要素',
      sampled: '一部の要素',
      projected: 'ランダムな方向',
    },
    suiteTitle: (seed) => `組み込みのすべてのレイヤ・損失・ネットワーク、シード${seed}`,
    time: {
      left: (time) => `残り約${time}`,
      takes: (time) => `すべての要素を確認するには、あと約${time}かかります`,
      faster:
        '短くするには：--mode sampled（各変数の一部の要素）、--mode projected（ランダムな方向）、--only 文字列（ケースを絞る）、--budget 秒数（自動で選ぶ）',
    },
    interrupted: {
      summary: (done, seconds) => `${seconds}秒で中断：最後まで確認したケースは${done}件`,
      share: (percent) => `すべての要素のうち${percent}%を比較`,
      notPassed: (name, verdict) => `${name}：${verdict}`,
    },
    watch: {
      watching: (files) => `${files}個のファイルを監視中。Ctrl-Cで終了`,
      changed: (file) => `${file} が変わりました`,
    },
    quality: {
      rule: '規則',
      missed: '見逃した誤り',
      falseAlarms: '誤報',
      book: '本の規則、平均 < 1e-6',
      pytorch: 'PyTorchのgradcheck',
      title: (planted, trials) => `埋め込んだ誤り${planted}件、ランダムな正しいケース${trials}件`,
      corpusTitle: (half, wrong, right) =>
        `第2コーパス（${half}）：他の分野の誤った関数${wrong}件と正しい関数${right}件`,
      inconclusiveCase: (name) => `判定不能：${name}`,
      notJudged: (count) => `数値微分では判定できないため数えないもの：${count}件`,
      corpusSummary: (verdict, caught, wrong, falseAlarms, inconclusive) =>
        `${verdict}：${wrong}件の誤った関数のうち${caught}件を発見、誤報${falseAlarms}件、判定不能${inconclusive}件`,
      withoutVerdict: (count) => `判定できなかった正しいケース：${count}件`,
      missedFault: (name) => `見逃し：${name}`,
      falseAlarm: (name) => `誤報：${name}`,
      summary: (verdict, caught, planted, falseAlarms, seconds) =>
        `${verdict}：${planted}件の誤りのうち${caught}件を発見、誤報${falseAlarms}件、${seconds}秒`,
    },
    page: {
      contents: 'すべてのケース',
      gradientsCompared: '比較した勾配',
      maxRelativeError: '最大相対誤差',
      difference: '差（最大の勾配に対する比）',
      frames: '枠は差が最も大きい要素です。',
    },
  },
)
