//! Parameters of the relationship model: the numbers in use, and for each where it comes from and how sure it is.
//! Equations, defaults and their evidence: the relationship stock after Nerlove and Arrow (1962), with a decay that
//! digital touches slow.

use crate::Text;

/// The parameters in use; [`Model::default`] has the defaults.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Model {
    /// Share of the remaining gap that one good meeting closes (alpha).
    pub build: f64,
    /// Months until half a relationship is gone without touches.
    pub half_life_months: f64,
    /// Most of the decay that digital touches remove (eta).
    pub digital_relief: f64,
    /// Touches a month for 63 % of that (kappa).
    pub digital_scale: f64,
    /// Share of a visit's building force a video meeting has with somebody met before (rho_v).
    pub video_build: f64,
    /// The same with somebody never met in person (rho_v0).
    pub video_build_unmet: f64,
    /// Share of today's sales that would remain with no relationship (B/S).
    pub base_share: f64,
    /// What the worth of a relationship is multiplied by: sales' slope on strength as learned, over the slope that
    /// potential and base imply. 1 where nothing is learned.
    pub response: f64,
    /// Strength at which half of what a full relationship sells has come, where the first visits do nothing
    /// (an S-shaped response, below 0.7); 0 where sales follow strength in a straight line.
    pub slow_start: f64,
    /// Part of a relationship that survives a change of PAM without a handover (tau_h).
    pub handover: f64,
    /// The same where old and new PAM visited together.
    pub joint_handover: f64,
    /// Yearly discount rate.
    pub discount: f64,
    /// Realised over planned gain, by which every planned gain is multiplied (model.md D8).
    pub realised: f64,
}

/// A parameter that managers' answers or history can say for a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParameterName {
    /// [`Model::build`].
    Build,
    /// [`Model::half_life_months`].
    HalfLife,
    /// [`Model::digital_relief`].
    DigitalRelief,
    /// [`Model::digital_scale`].
    DigitalScale,
    /// [`Model::video_build`].
    VideoBuild,
    /// [`Model::video_build_unmet`].
    VideoBuildUnmet,
    /// [`Model::base_share`].
    BaseShare,
    /// [`Model::response`].
    Response,
    /// [`Model::slow_start`].
    SlowStart,
}

/// Where a parameter's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParameterSource {
    /// Nobody has said anything: the published or assumed value.
    Default,
    /// The managers' answers.
    Managers,
    /// Learned from the company's own history.
    Learned,
}

/// A parameter's value with its 80 % band and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameter {
    /// Which.
    pub name: ParameterName,
    /// In the unit of the [`Model`] field.
    pub value: f64,
    /// One in ten believes it lower.
    pub low: f64,
    /// One in ten believes it higher.
    pub high: f64,
    /// Where it comes from.
    pub source: ParameterSource,
}

/// What is known of one segment's parameters; those not named are the company's.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SegmentModel {
    /// The partners' segment, as written in their list.
    pub segment: String,
    /// At most one of each name.
    pub parameters: Vec<Parameter>,
}

impl Default for Model {
    fn default() -> Model {
        Model {
            build: 0.35,
            half_life_months: 6.0,
            digital_relief: 0.6,
            digital_scale: 2.0,
            video_build: 0.0,
            video_build_unmet: 0.0,
            base_share: 0.70,
            response: 1.0,
            slow_start: 0.0,
            handover: 0.5,
            joint_handover: 0.8,
            discount: 0.10,
            realised: 0.5,
        }
    }
}

impl Model {
    /// The value of that parameter.
    pub fn value(&self, name: ParameterName) -> f64 {
        let mut copy = *self;
        *copy.place(name)
    }

    /// The same parameters but for one.
    pub fn with(mut self, name: ParameterName, value: f64) -> Model {
        *self.place(name) = value;
        self
    }

    fn place(&mut self, name: ParameterName) -> &mut f64 {
        match name {
            ParameterName::Build => &mut self.build,
            ParameterName::HalfLife => &mut self.half_life_months,
            ParameterName::DigitalRelief => &mut self.digital_relief,
            ParameterName::DigitalScale => &mut self.digital_scale,
            ParameterName::VideoBuild => &mut self.video_build,
            ParameterName::VideoBuildUnmet => &mut self.video_build_unmet,
            ParameterName::BaseShare => &mut self.base_share,
            ParameterName::Response => &mut self.response,
            ParameterName::SlowStart => &mut self.slow_start,
        }
    }
}

impl SegmentModel {
    /// The parameters of this segment: the company's, but for those known better.
    pub fn over(&self, company: Model) -> Model {
        self.parameters.iter().fold(company, |model, parameter| model.with(parameter.name, parameter.value))
    }

    /// What is known of that parameter.
    pub fn parameter(&self, name: ParameterName) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }
}

impl Parameter {
    /// The default with its prior 80 % band. Alpha, kappa and eta are assumptions, the half-life is weakly supported
    /// (2.3 to 12 months in published cases), the base share is set so that elasticities are about half the published.
    pub fn default_of(name: ParameterName) -> Parameter {
        let (low, high) = match name {
            ParameterName::Build => (0.15, 0.60),
            ParameterName::HalfLife => (3.0, 12.0),
            ParameterName::DigitalRelief => (0.2, 0.9),
            ParameterName::DigitalScale => (1.0, 4.0),
            ParameterName::VideoBuild => (0.0, 0.5),
            ParameterName::VideoBuildUnmet => (0.0, 0.3),
            ParameterName::BaseShare => (0.5, 0.9),
            ParameterName::Response => (0.5, 2.0),
            ParameterName::SlowStart => (0.0, 0.5),
        };
        Parameter { name, value: Model::default().value(name), low, high, source: ParameterSource::Default }
    }
}

impl ParameterName {
    /// Every parameter, in the order shown.
    pub const ALL: [ParameterName; 9] = [
        Self::Build,
        Self::HalfLife,
        Self::DigitalRelief,
        Self::DigitalScale,
        Self::VideoBuild,
        Self::VideoBuildUnmet,
        Self::BaseShare,
        Self::Response,
        Self::SlowStart,
    ];

    /// Stable word for files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::HalfLife => "half-life",
            Self::DigitalRelief => "digital-relief",
            Self::DigitalScale => "digital-scale",
            Self::VideoBuild => "video-build",
            Self::VideoBuildUnmet => "video-build-unmet",
            Self::BaseShare => "base-share",
            Self::Response => "response",
            Self::SlowStart => "slow-start",
        }
    }

    /// The parameter with that code.
    pub fn coded(code: &str) -> Option<ParameterName> {
        Self::ALL.into_iter().find(|name| name.code() == code)
    }

    /// For people.
    pub fn text(self) -> Text {
        match self {
            Self::Build => Text { sv: "Ett bra besöks bygge", en: "What one good visit builds" },
            Self::HalfLife => Text { sv: "Relationens halveringstid", en: "Half-life of a relationship" },
            Self::DigitalRelief => Text { sv: "Vad digitalt underhåll räddar", en: "What digital upkeep saves" },
            Self::DigitalScale => Text { sv: "Kontakter för att rädda det", en: "Touches it takes to save it" },
            Self::VideoBuild => Text { sv: "Videomöte, redan träffad", en: "Video with somebody met" },
            Self::VideoBuildUnmet => Text { sv: "Videomöte, aldrig träffad", en: "Video with somebody never met" },
            Self::BaseShare => Text { sv: "Försäljning utan relation", en: "Sales without a relationship" },
            Self::Response => Text { sv: "Svar på relationen", en: "Response to the relationship" },
            Self::SlowStart => Text { sv: "Trög start", en: "Slow start" },
        }
    }
}

impl ParameterSource {
    /// Every source, weakest first.
    pub const ALL: [ParameterSource; 3] = [Self::Default, Self::Managers, Self::Learned];

    /// Stable word for files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Managers => "managers",
            Self::Learned => "learned",
        }
    }

    /// The source with that code.
    pub fn coded(code: &str) -> Option<ParameterSource> {
        Self::ALL.into_iter().find(|source| source.code() == code)
    }

    /// For people.
    pub fn text(self) -> Text {
        match self {
            Self::Default => Text { sv: "antaget", en: "assumed" },
            Self::Managers => Text { sv: "chefernas svar", en: "the managers' answers" },
            Self::Learned => Text { sv: "lärt ur historiken", en: "learned from history" },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Settings;

    #[test]
    fn a_segment_has_the_company_s_parameters_but_for_those_known_better() {
        let learned = Parameter {
            value: 4.0,
            source: ParameterSource::Learned,
            ..Parameter::default_of(ParameterName::HalfLife)
        };
        let mut settings = Settings::default();
        settings.segments.push(SegmentModel { segment: "MSP".to_owned(), parameters: vec![learned] });
        assert_eq!(settings.model_of("MSP"), Model { half_life_months: 4.0, ..Model::default() });
        assert_eq!(settings.model_of("Retail"), Model::default());
    }

    #[test]
    fn every_parameter_is_found_by_its_code_and_lies_in_its_band() {
        for name in ParameterName::ALL {
            let default = Parameter::default_of(name);
            assert_eq!(ParameterName::coded(name.code()), Some(name));
            assert!(default.low <= default.value && default.value <= default.high, "{name:?}");
            assert_eq!(Model::default().with(name, 0.25).value(name), 0.25);
        }
        assert!(ParameterSource::ALL.into_iter().all(|source| ParameterSource::coded(source.code()) == Some(source)));
    }
}
