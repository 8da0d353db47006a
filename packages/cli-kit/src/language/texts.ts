import { translated } from './translated.ts'

/* The texts that all commands share, in English and Japanese. */

export const texts = translated(
  {
    seeHelp: (message: string, command: string) => `${message}; see ${command} --help`,
    options: {
      help: 'print this help',
      version: 'print the version',
      json: 'print JSON on stdout, and nothing else',
      quiet: 'print only the result',
      seed: 'seed of the random number generator',
      lang: 'language of help, messages and reports; without it LC_ALL, LC_MESSAGES or LANG decides',
      debug: 'print the stack trace of an error',
      backend: 'compute backend',
      threads: 'number of threads for large matrix products; results are identical',
      data:
        'data set: digits (generated, no files needed); mnist, fashion-mnist, kmnist, qmnist (downloaded); ' +
        'emnist-balanced, -byclass, -bymerge, -digits, -letters, -mnist (from --data-dir); or a folder with four IDX files',
      dataDir:
        'folder with the files of the data set (default: $GOSA_DATA_DIR, then your cache folder, into which missing ' +
        'files are downloaded)',
      trainSize: (generated: number) =>
        `use the first n training images (default: all; ${generated} generated digits)`,
      testSize: (generated: number) =>
        `use the first n test images (default: all; ${generated} generated digits)`,
    },
    help: {
      usage: 'Usage:',
      arguments: 'Arguments:',
      options: 'Options:',
      globalOptions: 'Global Options:',
      commands: 'Commands:',
      examples: 'Examples:',
      choices: (names: string) => `choices: ${names}`,
      defaultValue: (value: string) => `default: ${value}`,
      withFacts: (description: string, facts: string) => `${description} (${facts})`.trimStart(),
    },
    wrong: {
      value: (option: string, value: string, expected: string) =>
        `option '${option}' argument '${value}' is invalid. ${expected}`,
      choices: (names: string) => `Allowed choices are ${names}.`,
      argument: (name: string, value: string, expected: string) =>
        `argument '${name}': '${value}' is invalid. ${expected}`,
      unknownOption: (option: string) => `unknown option '${option}'`,
      unknownCommand: (command: string) => `unknown command '${command}'`,
      didYouMean: (message: string, names: string) => `${message} (Did you mean ${names}?)`,
      missingValue: (option: string) => `option '${option}' argument missing`,
      missingOption: (option: string) => `required option '${option}' not specified`,
      missingArgument: (name: string) => `missing required argument '${name}'`,
      conflict: (option: string, other: string) => `option '${option}' cannot be used with option '${other}'`,
      tooManyArguments: (expected: string, got: string) =>
        `too many arguments: expected ${expected}, but got ${got}`,
      integer: 'an integer',
      number: 'a number',
      atLeast: (kind: string, min: number) => `It must be ${kind}, at least ${min}.`,
      atMost: (kind: string, max: number) => `It must be ${kind}, at most ${max}.`,
      between: (kind: string, min: number, max: number) => `It must be ${kind} from ${min} to ${max}.`,
      greaterThan: (kind: string, min: number) => `It must be ${kind} greater than ${min}.`,
      greaterThanAtMost: (kind: string, min: number, max: number) =>
        `It must be ${kind} greater than ${min}, at most ${max}.`,
      anyNumber: (kind: string) => `It must be ${kind}.`,
    },
    files: {
      cannotWrite: (path: string, reason: string) => `cannot write ${path}: ${reason}`,
      cannotRead: (path: string, reason: string) => `${path}: ${reason}`,
      diskFull: 'the disk is full',
      quotaExceeded: 'your disk quota is exceeded',
      denied: 'permission denied',
      readOnly: 'the file system is read-only',
      isFolder: 'it is a folder',
      isFolderNotFile: 'it is a folder, not a file',
      pathHasFile: 'part of its path is a file, not a folder',
      noFolder: 'its folder does not exist',
      tooLarge: 'the file is too large',
      missing: 'the file does not exist',
    },
    data: {
      generatedDigits: 'generated digits',
      drawnByProgram: 'drawn by a program',
      structureVerified: 'structure verified, content not',
      labelWithNote: (name: string, note: string) => `${name} (${note})`,
      unknown: (data: string, names: string) =>
        `there is no data set or folder ${data}: use ${names}, or a folder with four IDX files`,
      tooFew: (option: string, wanted: number, images: number) =>
        `${option} ${wanted}: there are ${images} images`,
      beyondMemory: (option: string, count: number, needed: string, available: string) =>
        `${option} ${count}: so many images take ${needed} GB; this machine has ${available} GB`,
      filesMissing: (message: string) =>
        `${message}; give the folder of its files with --data-dir or GOSA_DATA_DIR, or use --data digits, which needs none`,
      downloading: (file: string, done: string) => `downloading ${file}: ${done}`,
      bytes: (count: number) => `${count} bytes`,
      drawing: (percent: number, count: number) => `drawing digits: ${percent} % of ${count}`,
    },
  },
  {
    seeHelp: (message, command) => `${message}（${command} --help を参照）`,
    options: {
      help: 'このヘルプを表示する',
      version: 'バージョンを表示する',
      json: '標準出力にJSONだけを出力する',
      quiet: '結果だけを表示する',
      seed: '乱数のシード',
      lang: 'ヘルプ・メッセージ・レポートの言語。なければLC_ALL、LC_MESSAGES、LANGに従う',
      debug: 'エラーのスタックトレースを表示する',
      backend: '計算に使うバックエンド',
      threads: '大きな行列積に使うスレッドの数。結果は変わらない',
      data:
        'データセット：digits（生成した数字。ファイルは不要）、mnist、fashion-mnist、kmnist、qmnist（ダウンロードする）、' +
        'emnist-balanced、-byclass、-bymerge、-digits、-letters、-mnist（--data-dir から読む）、またはIDXファイル4つのフォルダ',
      dataDir:
        'データセットのファイルがあるフォルダ（デフォルト：$GOSA_DATA_DIR、なければキャッシュフォルダ。ないファイルは' +
        'そこにダウンロードする）',
      trainSize: (generated) =>
        `最初のn枚の訓練画像だけを使う（デフォルト：すべて。生成する数字は${generated}枚）`,
      testSize: (generated) =>
        `最初のn枚のテスト画像だけを使う（デフォルト：すべて。生成する数字は${generated}枚）`,
    },
    help: {
      usage: '使い方：',
      arguments: '引数：',
      options: 'オプション：',
      globalOptions: '共通のオプション：',
      commands: 'コマンド：',
      examples: '例：',
      choices: (names) => `選択肢：${names}`,
      defaultValue: (value) => `デフォルト：${value}`,
      withFacts: (description, facts) => `${description}（${facts}）`,
    },
    wrong: {
      value: (option, value, expected) => `オプション ${option} に「${value}」は指定できません。${expected}`,
      choices: (names) => `${names} のいずれかを指定してください。`,
      argument: (name, value, expected) => `引数 ${name} に「${value}」は指定できません。${expected}`,
      unknownOption: (option) => `${option} というオプションはありません`,
      unknownCommand: (command) => `${command} というコマンドはありません`,
      didYouMean: (message, names) => `${message}。${names} のことですか？`,
      missingValue: (option) => `オプション ${option} の値がありません`,
      missingOption: (option) => `オプション ${option} が必要です`,
      missingArgument: (name) => `引数 ${name} が必要です`,
      conflict: (option, other) => `${option} と ${other} は同時に指定できません`,
      tooManyArguments: (expected, got) => `引数が多すぎます。${expected}個までですが、${got}個あります`,
      integer: '整数',
      number: '数',
      atLeast: (kind, min) => `${min}以上の${kind}を指定してください。`,
      atMost: (kind, max) => `${max}以下の${kind}を指定してください。`,
      between: (kind, min, max) => `${min}から${max}までの${kind}を指定してください。`,
      greaterThan: (kind, min) => `${min}より大きい${kind}を指定してください。`,
      greaterThanAtMost: (kind, min, max) => `${min}より大きく${max}以下の${kind}を指定してください。`,
      anyNumber: (kind) => `${kind}を指定してください。`,
    },
    files: {
      cannotWrite: (path, reason) => `${path} に書き込めません：${reason}`,
      cannotRead: (path, reason) => `${path}：${reason}`,
      diskFull: 'ディスクがいっぱいです',
      quotaExceeded: 'ディスクの割り当てを超えました',
      denied: '権限がありません',
      readOnly: 'ファイルシステムが読み取り専用です',
      isFolder: 'フォルダです',
      isFolderNotFile: 'ファイルではなくフォルダです',
      pathHasFile: 'パスの途中がフォルダではなくファイルです',
      noFolder: '保存先のフォルダがありません',
      tooLarge: 'ファイルが大きすぎます',
      missing: 'ファイルがありません',
    },
    data: {
      generatedDigits: '生成した数字',
      drawnByProgram: 'プログラムが描いた画像',
      structureVerified: '構造は確認済み、内容は未確認',
      labelWithNote: (name, note) => `${name}（${note}）`,
      unknown: (data, names) =>
        `${data} というデータセットやフォルダはありません。${names}、またはIDXファイル4つのフォルダを指定してください`,
      tooFew: (option, wanted, images) => `${option} ${wanted}：画像は${images}枚しかありません`,
      beyondMemory: (option, count, needed, available) =>
        `${option} ${count}：これだけの画像には${needed} GBのメモリが要りますが、このマシンには${available} GBしかありません`,
      filesMissing: (message) =>
        `${message}。ファイルのあるフォルダを --data-dir か GOSA_DATA_DIR で指定するか、ファイルの要らない --data digits を使ってください`,
      downloading: (file, done) => `${file} をダウンロード中：${done}`,
      bytes: (count) => `${count}バイト`,
      drawing: (percent, count) => `数字を描画中：${count}枚の${percent} %`,
    },
  },
)
