import Events
import Pipeline
import Platform

/// A run that is over, well or not.
struct RunEnding {
    let owner: SegmentKey
    let run: RunIdentifier
    /// Where it kept everything.
    let layout: OutputLayout
    /// As far as the run came.
    let summary: RunSummary
    /// What ended it; nil if nothing failed.
    let error: (any Error)?
    let phases: [PhaseClock.Phase: Double]
    /// What is current after it; nil if nothing is.
    let status: OwnerStatus?
    let endedAt: Timestamp

    init(of pipeline: Pipeline, _ owner: SegmentKey, _ summary: RunSummary, error: (any Error)?) {
        self.owner = owner
        run = pipeline.run
        layout = pipeline.layout
        self.summary = summary
        self.error = error
        phases = pipeline.phases.seconds
        status = try? pipeline.status { $0 == owner }.first
        endedAt = .now
    }

    var exitCode: Int32 { error.map { FailureReport($0).exitCode } ?? 0 }

    /// What gates refused, which ended the run.
    var refused: [GateResult] { (error as? GateRefusal)?.results ?? [] }
}
