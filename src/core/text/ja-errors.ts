import type { ErrorCode } from './en-errors';

/** The Japanese of `enErrors`: a message and the next step for each code, with the same parameters. */
export const jaErrors: Record<ErrorCode, readonly [message: string, hint: string]> = {
  USAGE: ['{detail}', '`kuzu-migrate {help}` を実行してください。'],
  INTERNAL: ['kuzu-migrate の内部でエラーが発生しました: {detail}', 'ログを添えて報告してください。'],
  CANCELLED: ['キャンセルされました。', '何も変更されていません。'],
  CONFIRMATION_NEEDED: [
    '{action}には確認が必要ですが、確認を求めるターミナルがありません。',
    '{flags} を指定してください。',
  ],
  NOT_CONFIRMED: ['{action}は承認されませんでした。', '何も変更されていません。'],

  CONFIG_NOT_FOUND: [
    '{dir} にデータベースが見つかりません。フォルダーの中になく、kuzu-migrate.json にも記載されていません。',
    '`kuzu-migrate init` を実行するか、`--db PATH` を指定してください。',
  ],
  CONFIG_INVALID: ['{file}: {detail}', 'ファイルを修正してください。エディターではキーが補完されます。'],
  CONFIG_EXISTS: ['{file} は既に存在します。', 'そのファイルを編集するか、先に削除してください。'],
  CONFIG_ENV_MISSING: [
    '{file} は ${env:{name}} を使用していますが、この環境変数は設定されていません。',
    '環境変数 {name} を設定してください。',
  ],
  PATH_OUTSIDE_PROJECT: [
    '{path} は、置かれているフォルダーの外を指しているか、通常のファイルではありません。',
    'フォルダーの中に置いてください。別の場所のフォルダーは、実際のパスを kuzu-migrate.json に指定してください。',
  ],
  DATABASE_UNKNOWN: ['このプロジェクトに「{name}」というデータベースはありません。', '存在するもの: {known}。'],
  DATABASE_MISSING: [
    '{path} にデータベースがありません。',
    'kuzu-migrate.json のパスを確認するか、バージョンをインポートして作成してください。',
  ],
  DATABASE_IS_DIRECTORY: [
    '{path} は Kùzu {versions} のデータベース ディレクトリ (ストレージ バージョン {storage}) です。このエンジンが読み取れるのは {expected} です。',
    'その Kùzu でエクスポートしてから、ここでインポートしてください。',
  ],
  DATABASE_OTHER_ENGINE: [
    '{path} は Kùzu ではなく {found} のファイル (ストレージ バージョン {storage}) です。',
    '{tool} で開いてください。',
  ],
  DATABASE_OTHER_VERSION: [
    '{path} のストレージ バージョンは {storage} です。Kùzu {engine} が読み取れるのはバージョン {expected} です。',
    'Kùzu {versions} で開いてエクスポートしてから、ここでインポートしてください。',
  ],
  DATABASE_NOT_RECOGNISED: [
    '{path} は既知のデータベース ファイルではありません (先頭のバイト: {bytes})。',
    'パスを確認してください。',
  ],
  DATABASE_CORRUPT: [
    '{path} を開けません: {detail}',
    'バックアップを復元するか、バージョンにロールバックしてください。',
  ],
  DATABASE_HELD: [
    '{path} は他のプログラムが使用中です ({holder})。',
    'そのプログラムを終了してから、もう一度お試しください。',
  ],
  DATABASE_BUSY_WITH_US: [
    '別の kuzu-migrate が {path} を処理しています: {host} のプロセス {pid}、{since} から。',
    '完了するまでお待ちください。そのプロセスがもう存在しない場合は、{lock} を削除してください。',
  ],
  DATABASE_CHANGING: [
    '{path} は、処理中に別のプログラムによって変更されました。',
    'そのプログラムの書き込みが減ってからもう一度試すか、そのプログラムを終了してください。何も変更されていません。',
  ],
  DATABASE_READ_ONLY: [
    'データベース「{name}」は readOnly に設定されています。',
    'kuzu-migrate.json で変更するか、--into で別の場所にインポートしてください。',
  ],
  DATABASE_HAS_WAL: [
    '{path} の隣に {file} が残っています。このままでは新しいファイルに再適用されてしまいます。',
    'データベースを元のプログラムで開いて閉じてから、もう一度お試しください。',
  ],
  ENGINE_NOT_SUPPORTED: [
    'このバージョンの kuzu-migrate は {engine} のデータベースを開けません。',
    '{engine} 自体で開くか、Kùzu のデータベースを選択してください。',
  ],
  ENGINE_NOT_LOADED: [
    'エンジン {engine} を {platform} で読み込めませんでした: {detail}',
    'このプラットフォーム用の kuzu-migrate を再インストールしてください。',
  ],
  ENGINE_CRASHED: [
    '次のステートメントの実行中にエンジンがクラッシュしました ({signal}): {statement}',
    'データベースの状態: {state}。',
  ],
  ENGINE_TIMEOUT: [
    '次のステートメントは {seconds} 秒を超えたため終了されました: {statement}',
    'マシンの負荷が低いときにもう一度試してください。それまでにコミットされた内容は残っています。',
  ],
  STATEMENT_FAILED: ['{detail}', 'ステートメントを修正してください: {statement}'],
  NO_SPACE: [
    '{path} のデバイスに空き領域がありません。',
    '空き領域を確保してから、もう一度お試しください。何も変更されていません。',
  ],
  NO_PERMISSION: [
    '{path} に対するアクセス許可がありません。',
    'ファイルとそのフォルダーのアクセス許可を確認してください。',
  ],
  FILE_FAILED: ['{path}: {detail}', 'パスとそのアクセス許可を確認してください。'],

  VERSION_NAME_INVALID: [
    '「{version}」はバージョン名として使用できません: {reason}。',
    '英字、数字、`.`、`_`、`-` を 64 文字以内で使用してください (例: v1.2.0、pre-migration)。',
  ],
  VERSION_EXISTS: [
    'バージョン {version} は既に存在します ({path})。',
    '別の名前を選ぶか、そのフォルダーを削除してください。',
  ],
  VERSION_NOT_FOUND: ['{dir} にバージョン {version} はありません。', '存在するもの: {known}。'],
  VERSION_INCOMPLETE: [
    'バージョン {version} に {file} がありません。',
    'ファイルを復元するか、バージョンをエクスポートし直してください。データがない場合は --only schema でテーブルだけをインポートできます。',
  ],
  VERSION_FILE_MISSING: [
    'バージョン {version} の {file} がありません (本来の sha256: {expected})。',
    'バージョン管理またはバックアップからファイルを復元してください。',
  ],
  VERSION_FILE_CHANGED: [
    'バージョン {version} の {file} が変更されています。本来の sha256: {expected}、実際の sha256: {actual}。',
    'バージョン管理またはバックアップからファイルを復元してください。',
  ],
  VERSION_FILE_UNEXPECTED: [
    '{file} はバージョン {version} のマニフェストに記載されていません。',
    'ファイルを削除するか、そのままにする場合は --accept-edits を指定してください。',
  ],
  STATEMENT_NOT_ALLOWED: [
    '{file} に、このファイルで使えないステートメントがあります: {statement}',
    'そのステートメントを削除し、必要な場合は別に実行してください。バージョンと DDL のファイルで行えるのは、スキーマの作成と自身のデータの読み込みだけです。',
  ],
  VERSION_EDITED: [
    'バージョン {version} は、エクスポート後に編集されています: {files}。',
    '差分を確認し、このままインポートする場合は --accept-edits を指定してください。',
  ],
  MANIFEST_INVALID: [
    '{file} は、このバージョンの kuzu-migrate が読み取れるマニフェストではありません: {detail}',
    'kuzu-migrate を更新するか、ファイルを復元してください。',
  ],
  EXPORT_FAILED: ['{database} のエクスポートに失敗しました: {detail}', '途中の結果は残っていません。{advice}'],
  EXPORT_BLOCKED: [
    'エンジンは {database} をエクスポートできません: {reasons}',
    '示された箇所を変更するか、有効な場合は --format csv または --schema-only を指定してエクスポートしてください。',
  ],
  IMPORT_FAILED: [
    'バージョン {version} のインポートは {object} で失敗しました: {detail}',
    'データベースは変更されていません。メッセージに示された箇所を修正してから、もう一度インポートしてください。',
  ],
  IMPORT_ROWS_DIFFER: [
    'インポート後の {table} は {actual} 行ですが、{expected} 行のはずです。',
    'データベースは変更されていません。バージョンをエクスポートし直してください。',
  ],
  IMPORT_NAME_COLLISION: [
    'データベースには次の名前が既にあります: {names}。',
    '名前を変更するか削除してください。または --into で別のファイルにインポートしてください。',
  ],
  IMPORT_TABLE_UNKNOWN: ['バージョン {version} にテーブル {table} はありません。', '存在するもの: {known}。'],
  IMPORT_NEEDS_TABLES: [
    'データベースにテーブル {table} がないため、データの読み込み先がありません。',
    '先に --only schema でインポートしてください。',
  ],
  IMPORT_NOTHING: [
    'バージョン {version} にデータは含まれていません。',
    '--schema-only でエクスポートされたバージョンです。--only data を付けずにインポートするか、データを含めてエクスポートし直してください。',
  ],
  INTERRUPTED_UNCLEAR: [
    '{path} に対する以前の操作が中断されており、そのジャーナル {journal} に従って処理できません: {detail}',
    'ジャーナルに記載されたファイルを確認してから、ジャーナルを削除してください。',
  ],
  SOURCE_UNKNOWN: [
    '「{source}」は、バージョンでもデータベースでもパスでもありません。',
    'バージョン、db[:NAME]、version:V、file:PATH、dir:PATH のいずれかを使用してください。',
  ],
  SOURCE_NO_SCHEMA: [
    '{path} に schema.cypher も *.cypher ファイルもありません。',
    'バージョンのフォルダーまたは DDL ファイルを指定してください。',
  ],
};
