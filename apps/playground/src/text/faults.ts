import type { Language } from './language.ts'

/** The faults that can be planted, by the names that the checker gives them, in Japanese. */
const JAPANESE: Readonly<Record<string, string>> = {
  'wrong sign': '符号が逆',
  'wrong sign of one entry': '1要素だけ符号が逆',
  'sign lost': '符号が失われる',
  twice: '2倍',
  half: '半分',
  '1 % too large': '1 %大きい',
  '0.1 % too large': '0.1 %大きい',
  'one entry 1 % too large': '1要素だけ1 %大きい',
  'one entry 0.1 % too large': '1要素だけ0.1 %大きい',
  'not divided by N': 'Nで割り忘れ',
  'divided by N': 'Nで余計に割る',
  zero: 'すべて0',
  'one entry zero': '1要素だけ0',
  'something added': '余計な値を足す',
  'off by one row': '1行ずれる',
  'off by one column': '1列ずれる',
  'last row not computed': '最後の行を計算しない',
  'that of a neighbour': '別の変数の勾配と取り違える',
  'dout itself': 'doutをそのまま返す',
  'dout over the derivative': 'doutを微分で割る',
  'derivative twice': '微分を2回掛ける',
  transposed: '転置のまま',
  'not a number at one entry': '1要素がNaN',
  'another shape': '形が違う',
  'another dtype': 'データ型が違う',
  'dout ignored': 'doutを無視する',
  'sign of dout lost': 'doutの符号が失われる',
  'dout squared': 'doutを2乗する',
  'something added to dout': 'doutに余計な値を足す',
  'dout where positive only': '正のdoutだけを伝える',
  'last sample left out': '最後のサンプルを忘れる',
  'samples of dout in reverse': 'doutのサンプルが逆順',
  'first input kept for ever': '最初の入力を使い続ける',
  'one pass late': '1回前の入力を使う',
  'backward writes into dout': 'backwardがdoutを書き換える',
  'backward writes into the input': 'backwardが入力を書き換える',
  'forward writes into the input': 'forwardが入力を書き換える',
  'forward not repeatable': 'forwardの結果が毎回変わる',
  'backward before forward answers': 'forwardの前のbackwardが答えを返す',
  'gradients added up': '勾配が足し込まれていく',
  'backward writes into the weights': 'backwardが重みを書き換える',
}

/** A fault such as `W: wrong sign`: which gradient it is in, if one, and its name in a language. */
export function faultText(fault: string, language: Language): { variable?: string; text: string } {
  const [, variable, name] = /^(\w+): (.*)$/.exec(fault) ?? [undefined, undefined, fault]
  return { variable, text: (language === 'ja' && JAPANESE[name]) || name }
}
