import Artifacts
import Builders
import TestSupport
import Testing

/// A document of JSON v1, written by hand, and its version: the SHA-256 that Python's hashlib gives for the same
/// document without white space, with an empty `built_at`, an empty `version` and no `source_hash`.
struct JSONv1Golden: CustomTestStringConvertible {
    let artifact: Artifact
    let version: String
    let document: String

    var testDescription: String { "\(artifact.key) \(artifact.rows.rowCount) rows" }

    static let all = [popularity, emptyPopularity, cooc, implicit, contentSim, sessionSeq]

    private static let popularity = JSONv1Golden(
        artifact: Artifact.example(.popularity),
        version: "818574852b8b19e26c851ee5d860d44bb89dd9ed1b0e741671c7879cba2b9f72",
        document: """
            {
              "v": 1,
              "artifact_type": "popularity",
              "tenant": "demo",
              "surface": "home",
              "window": {
                "start": "2026-01-07T00:00:00Z",
                "end": "2026-01-08T00:00:00Z"
              },
              "items": [
                {
                  "item_id": "pear",
                  "count": 5
                },
                {
                  "item_id": "apple",
                  "count": 3
                },
                {
                  "item_id": "fig",
                  "count": 1
                }
              ],
              "build": {
                "built_at": "2026-01-08T00:00:00Z",
                "version": "818574852b8b19e26c851ee5d860d44bb89dd9ed1b0e741671c7879cba2b9f72",
                "source_hash": "818574852b8b19e26c851ee5d860d44bb89dd9ed1b0e741671c7879cba2b9f72"
              }
            }

            """)

    private static let emptyPopularity = JSONv1Golden(
        artifact: Artifact(
            ArtifactKey(.fixture(), .popularity, .fixture()), rows: RankedRows([]), parameters: BuildParameters()),
        version: "f049a72adbc07ab84c08b7f9a758ea94141a8d309a1bc0253a721eaa68fe6d81",
        document: """
            {
              "v": 1,
              "artifact_type": "popularity",
              "tenant": "demo",
              "surface": "home",
              "window": {
                "start": "2026-01-07T00:00:00Z",
                "end": "2026-01-08T00:00:00Z"
              },
              "items": [],
              "build": {
                "built_at": "2026-01-08T00:00:00Z",
                "version": "f049a72adbc07ab84c08b7f9a758ea94141a8d309a1bc0253a721eaa68fe6d81",
                "source_hash": "f049a72adbc07ab84c08b7f9a758ea94141a8d309a1bc0253a721eaa68fe6d81"
              }
            }

            """)

    private static let cooc = JSONv1Golden(
        artifact: Artifact.example(.cooc, of: .fixture(segment: "all"), over: .fixture("2026-01-01", "2026-01-31")),
        version: "c47dde08b80decb73dee99a7a36b3dd3e03565650f428be0d82f0e0289b76b65",
        document: """
            {
              "v": 1,
              "artifact_type": "cooc",
              "tenant": "demo",
              "surface": "home",
              "segment": "all",
              "window": {
                "start": "2026-01-01T00:00:00Z",
                "end": "2026-02-01T00:00:00Z"
              },
              "neighbors": [
                {
                  "item_id": "apple",
                  "items": [
                    {
                      "item_id": "pear",
                      "count": 2
                    }
                  ]
                },
                {
                  "item_id": "pear",
                  "items": [
                    {
                      "item_id": "apple",
                      "count": 2
                    },
                    {
                      "item_id": "fig",
                      "count": 1
                    }
                  ]
                }
              ],
              "build": {
                "built_at": "2026-02-01T00:00:00Z",
                "version": "c47dde08b80decb73dee99a7a36b3dd3e03565650f428be0d82f0e0289b76b65",
                "source_hash": "c47dde08b80decb73dee99a7a36b3dd3e03565650f428be0d82f0e0289b76b65"
              }
            }

            """)

    private static let implicit = JSONv1Golden(
        artifact: Artifact.example(.implicit),
        version: "e61f1d01efa734ef1416d1443fb34516ab12b1d1365347b41eb6648636352176",
        document: """
            {
              "v": 1,
              "artifact_type": "implicit",
              "tenant": "demo",
              "surface": "home",
              "window": {
                "start": "2026-01-07T00:00:00Z",
                "end": "2026-01-08T00:00:00Z"
              },
              "users": [
                {
                  "user_id": "ann",
                  "items": [
                    {
                      "item_id": "pear",
                      "score": 3
                    },
                    {
                      "item_id": "fig",
                      "score": 1
                    }
                  ]
                },
                {
                  "user_id": "bob",
                  "items": [
                    {
                      "item_id": "pear",
                      "score": 1
                    }
                  ]
                }
              ],
              "build": {
                "built_at": "2026-01-08T00:00:00Z",
                "version": "e61f1d01efa734ef1416d1443fb34516ab12b1d1365347b41eb6648636352176",
                "source_hash": "e61f1d01efa734ef1416d1443fb34516ab12b1d1365347b41eb6648636352176"
              }
            }

            """)

    private static let contentSim = JSONv1Golden(
        artifact: Artifact.example(.contentSim),
        version: "c8dd9038f493c2f00492127c546f60047427d5c0e88bbccdb3f9b67d6c9aab00",
        document: """
            {
              "v": 1,
              "artifact_type": "content_sim",
              "tenant": "demo",
              "surface": "home",
              "window": {
                "start": "2026-01-07T00:00:00Z",
                "end": "2026-01-08T00:00:00Z"
              },
              "items": [
                {
                  "item_id": "apple",
                  "tags": [
                    "red",
                    "fruit 1"
                  ]
                },
                {
                  "item_id": "fig",
                  "tags": [
                    "red"
                  ]
                }
              ],
              "build": {
                "built_at": "2026-01-08T00:00:00Z",
                "version": "c8dd9038f493c2f00492127c546f60047427d5c0e88bbccdb3f9b67d6c9aab00",
                "source_hash": "c8dd9038f493c2f00492127c546f60047427d5c0e88bbccdb3f9b67d6c9aab00"
              }
            }

            """)

    private static let sessionSeq = JSONv1Golden(
        artifact: Artifact.example(.sessionSeq),
        version: "6314d0df557b80feab47f3de0e02833294c4e1fa7760060ca4d9643d671a4560",
        document: """
            {
              "v": 1,
              "artifact_type": "session_seq",
              "tenant": "demo",
              "surface": "home",
              "window": {
                "start": "2026-01-07T00:00:00Z",
                "end": "2026-01-08T00:00:00Z"
              },
              "users": [
                {
                  "user_id": "ann",
                  "items": [
                    {
                      "item_id": "fig",
                      "score": 4
                    }
                  ]
                },
                {
                  "user_id": "bob",
                  "items": []
                }
              ],
              "build": {
                "built_at": "2026-01-08T00:00:00Z",
                "version": "6314d0df557b80feab47f3de0e02833294c4e1fa7760060ca4d9643d671a4560",
                "source_hash": "6314d0df557b80feab47f3de0e02833294c4e1fa7760060ca4d9643d671a4560"
              }
            }

            """)
}
