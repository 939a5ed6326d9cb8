import type { enLosses } from './en-losses';

/** The sentences of en-losses.ts in Japanese. */
export const jaLosses: Record<keyof typeof enLosses, string> = {
  'loss.KX006': 'シーケンス {object} の開始値が {start} から {current} に変わります。次の値は正しいままです。',
  'loss.KX010':
    'リレーション テーブル {object} は逆方向だけを格納しており、エンジンはこのようなテーブルを読み取れません。',
  'loss.KX020': '{object} の時刻はマイクロ秒より細かく、エンジンのどのステートメントでも作り直せません。',
  'loss.KX036':
    'リレーション テーブル {object} にはつなぐ相手がなく、エンジンのどのステートメントでもこのようなテーブルを作成できません。',
  'loss.KX043':
    '索引 {object} のストップワード ({stopWords}) はデータベースのテーブルにないため、索引を作り直せません。',
  'loss.KX060': '列 {object} には、どのデータ ファイルにも書き出せない値があります。',
  'loss.KX061': 'ビュー {object} を作り直せません (エンジンのメッセージ: {detail})。',
  'loss.other': '{object}: {code} (以前のリリースでエクスポートされたバージョンの損失です)。',
};
