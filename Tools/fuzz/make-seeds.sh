#!/usr/bin/env bash
# Makes the files that fuzzing begins with, from a few events and items: make-seeds.sh PROGRAMS, the folder of the
# release programs. What it once made is in Fixtures/fuzz and stays, for every later version reads it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly programs=${1:?usage: make-seeds.sh PROGRAMS} fixtures=$PWD/Fixtures/fuzz
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# events NAME [COUNT]: from the sample events and from synthetic ones, whose ids are of other forms.
events() {
    case $1 in
        text) head -n 40 Fixtures/demo/exposure.jsonl ;;
        uuid | scores) "$programs/recsys-generate" --events 40 --days 1 --users 20 --items 30 --quiet ;;
        number) events uuid | sed -E 's/"(s-|u-|i-)[0-9a-z]*([0-9]{2,4})[a-z]?"/"\2"/g; s/,"request_id":"[^"]*"//' ;;
        single) head -n 1 Fixtures/demo/exposure.jsonl ;;
        anonymous) awk '!/"user_id"/ && ++count <= 20' Fixtures/demo/exposure.jsonl ;;
    esac
}

# publish NAME: ingests and publishes the events of that name as the settings in the environment say.
publish() {
    local out=$scratch/$1
    events "$1" >"$scratch/$1.jsonl"
    "$programs/recsys-pipelines" run --tenant demo --surface home --start 2026-01-01 --end 2026-01-01 --quiet \
        --input "$scratch/$1.jsonl" --out-dir "$out" >"$scratch/report.txt"
    [[ $1 == scores ]] || find "$out" -name '*.rspart' -exec cp {} "$fixtures/partition/seed-$1.rspart" \;
}

# keep FOLDER KINDS NAME: copies what was published of these kinds.
keep() {
    local kind blob
    for kind in $2; do
        blob=$(echo "$scratch/$1/objectstore/demo/home/$kind/"*)
        cp "$blob" "$fixtures/artifact/seed-$kind-$3.rsart"
    done
}

mkdir -p "$fixtures"/{partition,artifact,json-v1,manifest,record,history,note,ledger,checkpoint}
for name in uuid single anonymous; do publish "$name"; done
publish number
keep number "cooc implicit" number
RECSYS_CATALOG=Fixtures/fuzz/catalog-csv/seed-quotes.csv publish text
keep text "popularity cooc implicit session_seq content_sim" text
readonly registry=$scratch/text/registry
# copy FROM TO [COMMANDS OF SED]: without what is of this machine.
copy() { sed -E -e "s#$scratch#/srv#" -e 's/"actor": "[^"]*"/"actor": "ann@example"/' "${@:3}" "$1" >"$2"; }
copy "$registry/current/demo/home/manifest.json" "$fixtures/manifest/seed.json"
copy "$registry/records/demo/home/cooc/"*.json "$fixtures/record/seed.json"
copy "$registry/history/demo/home/00000001.json" "$fixtures/history/seed-publish.json"
copy "$registry/history/demo/home/00000001.json" "$fixtures/history/seed-rollback.json" \
    -e 's/"publish"/"rollback"/' -e 's/^  "number": 1,/  "number": 4,\n  "replaces": 3,\n  "reason": "wrong \\u00e9",/'
copy "$scratch/text/ledger/demo/home/"*.json "$fixtures/ledger/seed.json"
copy "$scratch/text/checkpoints/demo/home/checkpoint.json" "$fixtures/checkpoint/seed.json"
RECSYS_ARTIFACT_FORMAT=json-v1 "$programs/recsys-pipelines" compute popularity --tenant demo --surface home --quiet \
    --start 2026-01-01 --end 2026-01-01 --out-dir "$scratch/single" >"$scratch/report.txt"
copy "$(find "$scratch/single/artifacts" -name '*.provenance.json')" "$fixtures/note/seed.json"
cp "$(find "$scratch/single/artifacts" -name '*.json' -not -name '*.provenance.json')" "$fixtures/json-v1/seed.json"
RECSYS_POPULARITY_HALF_LIFE_DAYS=2.5 RECSYS_COOC_SCORE=llr publish scores
keep scores "popularity cooc" scores
