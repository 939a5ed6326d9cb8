import type { enLosses } from './en-losses';

/** The sentences of en-losses.ts in Japanese. */
export const jaLosses: Record<keyof typeof enLosses, string> = {
  'loss.KX001':
    '{object} の既定値 ({default}) はエクスポートに含まれません。インポート後に追加した行では NULL になり、キーの列では行の追加が拒否されます。',
  'loss.KX002': 'テーブル {object} のコメントはエクスポートに含まれません。',
  'loss.KX003':
    '型 {object} はエクスポートに含まれません。列の型は {definition} になり、この型名を使うステートメントは失敗します。',
  'loss.KX004': 'マクロ {object} の意味が変わります。{body} が {exported} として書き出されます。',
  'loss.KX005':
    '未使用のシーケンス {object} は最初の値を失います。インポート後の最初の値は {start} ではなく {next} です。',
  'loss.KX006': 'シーケンス {object} の開始値が {start} から {current} に変わります。次の値は正しいままです。',
  'loss.KX007': '未使用の SERIAL 列 {object} は、インポート後に 0 ではなく 1 から始まります。',
  'loss.KX008':
    '{object} の採番は名前の変更前のシーケンス {sequence} に属しているため、インポート後は 0 からやり直しになり、使用済みの番号と重なることがあります。',
  'loss.KX009': 'リレーション テーブル {object} は順方向だけを格納していますが、インポート後は両方向を格納します。',
  'loss.KX010':
    'リレーション テーブル {object} は逆方向だけを格納しており、エンジンはこのようなテーブルをエクスポートできません。',
  'loss.KX011': '{object} と {other} が同じファイル {file} に書き出され、どちらかの行が失われます。',
  'loss.KX012':
    '{object} と {other} のファイル名は大文字・小文字やアクセントの違いしかありません ({file})。Windows や macOS では一方が上書きされます。',
  'loss.KX013': 'Parquet では INT128 が DOUBLE として保存されるため、{object} の大きな値が丸められます。',
  'loss.KX014': 'Parquet では {object} の期間からマイクロ秒が失われ、1193 時間を超える期間は誤った値になります。',
  'loss.KX015': '{object} に NULL があるため、Parquet ではそれより後の行の値が誤って 0 や空になります。',
  'loss.KX016': '{object} に負の期間があり、エンジンはこれを Parquet に書き出せません。',
  'loss.KX017': 'CSV では {object} の空文字列が NULL になります。キーが空の行はインポートできません。',
  'loss.KX018': 'CSV では {object} の値のうち、空、空白のみ、または NULL という語のものが NULL になります。',
  'loss.KX019':
    'CSV ではリスト、構造体、マップが引用符なしで書き出されるため、{object} の値が変わるか、読み戻せなくなります。',
  'loss.KX020': '{object} の時刻からマイクロ秒未満の部分が失われます。',
  'loss.KX021': 'CSV では {object} の数値が小数点以下 6 桁までしか残りません。',
  'loss.KX022': '{object} に負の期間があり、CSV からインポートできません。',
  'loss.KX023': '{object} に -0.1 より大きい負の小数があり、CSV からインポートできません。',
  'loss.KX024': '{object} の型は {type} です。エンジンは DECIMAL を Parquet に書き出せません。',
  'loss.KX025': 'CSV オプション {object} を指定すると、インポートできないエクスポートが作られます。',
  'loss.KX026': '{object} のテキストに改行があり、このままでは CSV からインポートできません。',
  'loss.KX027': '{object} に西暦 1 年より前の日時があり、CSV からインポートできません。',
  'loss.KX028':
    'キー {object} の名前には引用符が必要なため、エンジンはこのキーにつながるリレーション テーブルをエクスポートできません。',
  'loss.KX029': 'プロパティ {object} の名前のために、リレーション テーブルをインポートできません。',
  'loss.KX030': '{object} の書き出し先は {file} ですが、エンジンはファイル名の {part} を扱えません。',
  'loss.KX031': '{file} がパターンとして読まれるため、{other} の行が {object} にも取り込まれます。',
  'loss.KX032':
    '{object} の名前に引用符があるため、このテーブルにつながるリレーション テーブルをインポートできません。',
  'loss.KX033': 'シーケンス {object} は、名前に引用符またはバックスラッシュがあるためインポートできません。',
  'loss.KX034': '{object} は、フィールド {field} の名前にコロンがあるためインポートできません。',
  'loss.KX035': 'マクロ {object} は、引数 {parameter} の名前に引用符が必要なためインポートできません。',
  'loss.KX036': 'リレーション テーブル {object} にはつなぐ相手がなく、エクスポートするとエンジンが異常終了します。',
  'loss.KX037':
    'マクロ {object} があると、インポートしたデータベースを再び開けなくなります。エンジンは {body} を読み戻せません。',
  'loss.KX038': 'JSON 列 {object} の NULL は Parquet からインポートできません。',
  'loss.KX039': '{object} の型 {type} は Parquet からインポートできません。',
  'loss.KX040': '{object} の型は {type} です。この型のマップは Parquet からインポートできません。',
  'loss.KX041': 'Parquet では {object} ({type}) の値がただのテキストになるか、インポートできなくなります。',
  'loss.KX042': 'CSV では {object} の値が共用体の別のメンバーに移るか、読み戻せなくなることがあります。',
  'loss.KX043':
    '索引 {object} は、エクスポート先のフォルダーを移動するとインポートできません。ストップワード ({stopWords}) を元の場所で探すためです。',
  'loss.KX044': '索引 {object} に指定した除外パターン ({pattern}) が失われます。',
  'loss.KX045':
    '索引 {object} はインポートできません。エンジンは、既定のストップワードを使う全文索引を一つしかインポートできません。',
};
